import type { CheckedApplication } from '../../src/application/application.ts';
import { peersOf } from '../../src/application/peers.ts';
import { check } from '../../src/checks/index.ts';
import type { Balance, KeptRecord, OfficeFacts } from '../../src/reports/facts.ts';
import type { ApplicationRecord, LetterRecord } from '../../src/store/records.ts';
import { application, type Dossier } from '../support/applications.ts';
import { notice } from '../support/notice.ts';

/** An office with nothing in it, on a morning at which everything works. */
export function office(given: Partial<OfficeFacts> = {}): OfficeFacts {
  const now = given.now ?? new Date('2018-07-18T08:30:00+08:00');
  return {
    notice,
    now,
    digestAt: '08:30',
    applications: [],
    messages: [],
    letters: [],
    decisions: {},
    alarms: [],
    failed: [],
    balance: balanceOf(given.messages ?? [], now),
    mailbox: { lastPollAt: new Date(now.getTime() - 60_000), folders: ['INBOX', '垃圾邮件'] },
    lettersStopped: false,
    outboxPausedUntil: null,
    disk: { freeBytes: 40 * 1024 ** 3 },
    proposals: [],
    rehearsal: false,
    ...given,
  };
}

/** A count in which every mail of the ledger lies once on the server. */
export function balanceOf(messages: readonly KeptRecord[], at: Date, server = messages.length): Balance {
  const byFate = { recorded: 0, set_aside: 0, failed: 0, pending: 0, before_round: 0 };
  for (const { fate } of messages) byFate[fate]++;
  const ledger = messages.length;
  return { at, folders: [{ folder: 'INBOX', server, ledger }], server, ledger, byFate, ok: server === ledger };
}

/** A dossier as the ledger records it, made by the checks themselves; `more` is what only the ledger knows. */
export function recorded(id: number, dossier: Dossier = {}, more: Partial<ApplicationRecord> = {}): ApplicationRecord {
  const one = application(dossier);
  return recordOf(id, check(one, { notice, peers: peersOf(one, [one]) }), more);
}

export function recordOf(
  id: number,
  checked: CheckedApplication,
  more: Partial<ApplicationRecord> = {},
): ApplicationRecord {
  const { union, nominee, timeliness, firstReceivedAt, lastReceivedAt, requirements, findings, complete } = checked;
  return {
    id,
    number: `JZGJ-2018-${String(id).padStart(4, '0')}`,
    status: complete ? 'complete' : 'incomplete',
    union: union?.name ?? null,
    unionKnown: union?.known ?? false,
    unionQuota: union?.quota ?? 1,
    nominee,
    timeliness,
    firstReceivedAt,
    lastReceivedAt,
    requirements,
    complete,
    findings,
    dismissed: checked.dismissed,
    version: 1,
    mergedInto: null,
    isGone: false,
    links: checked.shares.flatMap(({ open }) => open.flatMap(({ link }) => link ?? [])),
    ...more,
  };
}

export function mail(id: number, given: Partial<KeptRecord> = {}): KeptRecord {
  const receivedAt = given.receivedAt ?? new Date('2018-07-17T15:42:00+08:00');
  return {
    id,
    folder: 'INBOX',
    uid: 1000 + id,
    receivedAt,
    receivedFrom: 'internaldate',
    sha256: String(id).padStart(64, '0'),
    bytes: 2_400_000,
    messageId: `<${id}@example.com>`,
    from: 'gonghui@example.com',
    fromName: '解放区总工会',
    subject: '焦作工匠推荐材料',
    fate: 'recorded',
    reasonCode: null,
    reason: null,
    needsPerson: false,
    sightings: 1,
    applications: [],
    keptAt: new Date(receivedAt.getTime() + 30_000),
    ...given,
  };
}

export function letter(id: number, given: Partial<LetterRecord> = {}): LetterRecord {
  const dueAt = given.dueAt ?? new Date('2018-07-17T16:02:00+08:00');
  return {
    id,
    kind: 'receipt',
    to: 'gonghui@example.com',
    number: 'JZGJ-2018-0001',
    subject: '材料接收回执[JZGJ-2018-0001]',
    text: '解放区总工会：\n',
    html: '<p>解放区总工会：</p>',
    state: 'sent',
    reason: null,
    messageId: `<letter-${id}@example.com>`,
    inReplyTo: null,
    references: [],
    writtenAt: given.writtenAt ?? dueAt,
    dueAt,
    failedAt: null,
    sentAt: given.state && given.state !== 'sent' ? null : new Date(dueAt.getTime() + 5_000),
    attempts: 1,
    ...given,
  };
}
