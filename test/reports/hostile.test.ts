import { describe, expect, test } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { digestOf } from '../../src/reports/digest/digest.ts';
import { digestHtml } from '../../src/reports/digest/html.ts';
import { digestSubject, digestText } from '../../src/reports/digest/text.ts';
import { dossierText } from '../../src/reports/dossier.ts';
import { dutiesOf } from '../../src/reports/duties.ts';
import { sayHistory } from '../../src/reports/history.ts';
import { hostileOffice, hurtful, idNumber, phone } from './hostile.ts';

const facts = hostileOffice();
const digest = digestOf(facts, '2018-07-18');
/** Every mail and letter of the office, as if it were this application's, and a person's note that quotes them. */
function historyOf(number: string) {
  const happenings = facts.messages.map(({ subject, from, receivedAt: at }) => {
    return { kind: 'mail' as const, mail: subject, subject, from, brought: null, left: false, version: 1, at };
  });
  const quoted = facts.messages.map(({ subject }) => subject).join();
  const deed = { kind: 'note' as const, number, text: quoted };
  const act = {
    id: `${number}/1`,
    deed,
    by: quoted,
    note: quoted,
    at: facts.now,
    version: 2,
    found: {},
    undoneBy: null,
  };
  const noted = { kind: 'act' as const, act: act.id, at: facts.now, version: 2 };
  const decisions = (facts.decisions[number] ?? []).map((decision) => ({ ...decision, act: null }));
  const given = { happenings: [...happenings, noted], acts: [act], letters: facts.letters, decisions };
  return sayHistory(given, facts.notice);
}

/** Files as strangers name them; what is said of one may quote its name. */
const hostileFiles = {
  open: hurtful.map((file) => {
    const source = { message: '1', receivedAt: facts.now };
    return { why: 'unsure' as const, file, mightBe: ['photo'], source };
  }),
  loose: hurtful.map((text) => ({ file: text, note: text })),
};

const written: [string, string][] = [
  ['the digest’s data', JSON.stringify(digest)],
  ['the digest’s text', digestText(digest)],
  ['the digest’s page', digestHtml(digest)],
  ['the digest’s subject', digestSubject(digest)],
  ['the list of duties', JSON.stringify(dutiesOf(facts))],
  ...facts.applications.map((record): [string, string] => [
    `the dossier of ${record.number}`,
    dossierText({ record, history: historyOf(record.number), ...hostileFiles }, facts.notice),
  ]),
];

describe('what strangers write hurts nobody in', () => {
  test.each(written)('%s', (_, text) => {
    expect(text).not.toContain(idNumber);
    expect(text).not.toContain(idNumber.slice(0, 12));
    expect(text).not.toContain(phone);
    expect(text).not.toMatch(/https?:|www\./);
    expect(['\u0000', '\u202e', '\t'].filter((sign) => text.includes(sign))).toEqual([]);
  });
});

test('the page holds no element and no attribute but its own', () => {
  const seen = new Set<string>();
  const parser = new Parser({
    onopentag: (name, attributes) => {
      for (const attribute of ['', ...Object.keys(attributes)]) seen.add(`${name} ${attribute}`.trim());
    },
  });
  parser.end(digestHtml(digest));
  const own =
    /^(?:html|head|meta|title|body|div|table|tr|td|th)(?: (?:lang|charset|name|content|style|cellpadding|cellspacing|colspan))?$/;
  expect([...seen].filter((each) => !own.test(each))).toEqual([]);
  expect(digestHtml(digest)).toContain('&lt;script&gt;');
});

test('a line of the text is a line of ours: no stranger’s line break begins one', () => {
  const broken = digestOf(
    hostileOffice({
      alarms: [{ kind: 'x', text: '断线\n七、系统状况\n无遗漏', raisedAt: facts.now, clearedAt: null }],
    }),
    '2018-07-18',
  );
  expect(
    digestText(broken)
      .split('\n')
      .filter((line) => line.startsWith('七、')),
  ).toHaveLength(1);
});
