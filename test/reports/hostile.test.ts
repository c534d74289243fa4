import { describe, expect, test } from '@jest/globals';
import { Parser } from 'htmlparser2';
import { digestOf } from '../../src/reports/digest/digest.ts';
import { digestHtml } from '../../src/reports/digest/html.ts';
import { digestSubject, digestText } from '../../src/reports/digest/text.ts';
import { dossierText } from '../../src/reports/dossier.ts';
import { dutiesOf } from '../../src/reports/duties.ts';
import { hostileOffice, idNumber, phone } from './hostile.ts';

const facts = hostileOffice();
const digest = digestOf(facts, '2018-07-18');
const written: [string, string][] = [
  ['the digest’s data', JSON.stringify(digest)],
  ['the digest’s text', digestText(digest)],
  ['the digest’s page', digestHtml(digest)],
  ['the digest’s subject', digestSubject(digest)],
  ['the list of duties', JSON.stringify(dutiesOf(facts))],
  ...facts.applications.map((record): [string, string] => [
    `the dossier of ${record.number}`,
    dossierText(record, facts.messages, facts.letters, facts.decisions[record.number] ?? [], facts.notice),
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
