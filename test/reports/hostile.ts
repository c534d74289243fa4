import type { OfficeFacts } from '../../src/reports/facts.ts';
import { balanceOf, letter, mail, office, recorded } from './office.ts';

const at = (time: string) => new Date(`2018-07-${time}:00+08:00`);

export const idNumber = '410890197503150016';
export const phone = '13900000000';

/** Everything a stranger can write, written to hurt: formulas, markup, an ID number, a phone, a link, a reversed name. */
export const hurtful = [
  `=HYPERLINK("http://example.com","${idNumber}")`,
  `+cmd|'/C calc'!A0 ${phone}`,
  `-1+1`,
  `@SUM(1+1)${idNumber}`,
  `\t=1+1`,
  `<script>alert("${phone}")</script>`,
  `"><img src=x onerror=alert(1)>${phone}`,
  `\u202e=1+1\u0000 ${idNumber}`,
  '&lt;b&gt;_x003D_1+1',
];

/** An office full of it: every field that comes from a stranger holds each of them once. */
export function hostileOffice(given: Partial<OfficeFacts> = {}): OfficeFacts {
  const applications = hurtful.map((text, index) => {
    const record = recorded(index + 1, {
      union: { name: text, known: false, quota: 1 },
      nominee: text,
      form4: null,
      open: [
        {
          why: 'behind_link',
          file: text,
          mightBe: ['performance_sheet'],
          link: { provider: text, name: text, bytes: 1, expiresAt: '2018-07-19', url: 'http://example.com' },
        },
      ],
      receivedAt: '2018-07-17T15:00:00+08:00',
    });
    const finding = record.findings[0];
    return {
      ...record,
      requirements: { ...record.requirements, photo: { state: 'present' as const, files: [text] } },
      findings: finding ? [{ ...finding, forStaff: text, evidence: { file: text, location: text, seen: text } }] : [],
    };
  });
  const messages = hurtful.flatMap((text, index) => [
    mail(index * 3 + 1, {
      subject: text,
      from: text,
      fromName: text,
      folder: text,
      applications: [`JZGJ-2018-000${index + 1}`],
    }),
    mail(index * 3 + 2, { subject: text, from: text, fate: 'set_aside', needsPerson: true, reason: text }),
    mail(index * 3 + 3, { subject: text, from: text, fate: 'failed', reason: text }),
  ]);
  return office({
    applications,
    messages,
    letters: hurtful.map((text, index) =>
      letter(index + 1, { to: text, subject: text, state: 'bounced', reason: text }),
    ),
    alarms: hurtful.map((text) => ({ kind: 'login', text, raisedAt: at('17T10:00'), clearedAt: null })),
    failed: hurtful.map((text, index) => ({
      id: `intake-${index}-1`,
      kind: 'intake',
      row: index * 3 + 3,
      stage: text,
      attempts: 1,
      reason: text,
      failedAt: at('17T20:00'),
    })),
    proposals: hurtful.map((text, index) => ({
      message: index * 3 + 2,
      from: text,
      subject: text,
      perhaps: ['JZGJ-2018-0001'],
    })),
    decisions: {
      'JZGJ-2018-0001': hurtful.map((text) => ({ kind: 'return' as const, note: text, by: text, at: at('17T16:00') })),
    },
    mailbox: { lastPollAt: at('18T08:29'), folders: hurtful },
    balance: {
      ...balanceOf(messages, at('18T08:29')),
      folders: hurtful.map((folder) => ({ folder, server: 2, ledger: 1 })),
    },
    ...given,
  });
}
