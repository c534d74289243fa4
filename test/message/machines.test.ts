import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import { human } from '../../fixtures/mails/humans.ts';
import { machineKinds } from '../../fixtures/mails/machines.ts';
import { gb, word } from '../../fixtures/mails/writing.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { conclude, takeIn } from '../../src/intake/index.ts';
import { identify } from '../../src/message/identify.ts';
import { parseMail } from '../../src/message/parse.ts';
import { notice } from '../support/notice.ts';
import { seeded } from '../support/seeded.ts';

const receivedAt = new Date('2018-07-19T08:00:00+08:00');
const services = { notice, ownAddresses: ['jzghscb@126.com'], read: readHere };
const take = (file: string) => {
  const raw = readFileSync(`fixtures/mails/machines/${file}.eml`);
  return takeIn({ file, sha256: file, receivedAt, raw }, services);
};
const gbWord = (text: string) => Buffer.from(word('gb2312', gb(text)));

test.each(Object.entries(machineKinds))(
  '%s: %s, set aside with the mark that tells, and never answered',
  async (file, kind) => {
    const taken = await take(file);
    expect([taken.author.kind, taken.fate.disposition]).toEqual([kind, 'set_aside']);
    expect(taken.fate.reason?.length).toBeGreaterThan(4);
    expect(conclude([taken], notice, receivedAt).letters).toEqual([]);
  },
);

test.each([
  ['through the office system of a firm, which marks all as bulk', 'Precedence: bulk'],
  ['through a list', 'List-Id: <gonghui.example.com>'],
  ['by a scanner that sends by itself', 'Auto-Submitted: auto-generated'],
  ['through a gateway that empties the return path', 'Return-Path: <>'],
])('materials that come %s are seen by a person, and answered by none', async (_, header) => {
  for (const name of ['rar-with-the-password-by-telephone', '163-huge-attachment']) {
    const mail = readFileSync(`fixtures/mails/${name}.eml`);
    const raw = Buffer.concat([
      Buffer.from(`${header}\r\nSubject: `),
      gbWord('焦作工匠推荐材料'),
      Buffer.from('\r\n'),
      mail,
    ]);
    const taken = await takeIn({ file: name, sha256: name, receivedAt, raw }, services);
    expect(taken.fate).toMatchObject({ disposition: 'needs_person', reasonCode: 'automatic_with_materials' });
    expect(conclude([taken], notice, receivedAt).letters).toEqual([]);
  }
});

test('of five hundred people, with the words and headers of machines, at most one is taken for a machine', () => {
  const chance = seeded(500);
  const held = Array.from({ length: 500 }, () => parseMail(human(chance), notice.words.mail)).flatMap((mail) => {
    const author = identify(mail, ['jzghscb@126.com'], notice.words.mail);
    return author.kind === 'person' ? [] : [`${author.kind}: ${author.why} ${mail.subject} ${mail.text.slice(0, 30)}`];
  });
  expect(held.slice(0, 10)).toEqual([]);
  expect(held.length).toBeLessThanOrEqual(1);
});
