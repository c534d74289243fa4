import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from '@jest/globals';
import MailComposer from 'nodemailer/lib/mail-composer';
import { msg, winmail } from '../../fixtures/documents/outlook.ts';
import { rar4, rar5 } from '../../fixtures/documents/rar.ts';
import { packed } from '../../fixtures/documents/seven.ts';
import { readZip } from '../../src/documents/archive/zip.ts';
import { openReader } from '../../src/documents/reader.ts';
import { conclude, takeIn } from '../../src/intake/index.ts';
import { parseMail } from '../../src/message/parse.ts';
import { notice } from '../support/notice.ts';

const reader = openReader();
afterAll(() => reader.close());

/** A whole application as it came in a zip, sent again in everything else that holds files. */
const original = parseMail(readFileSync('fixtures/personas/all-in-one-gbk-zip/1.eml'), notice.words.mail);
const zip = original.attachments.find(({ path }) => path.endsWith('.zip'));
const { entries } = await readZip(zip?.bytes ?? Buffer.alloc(0));
const listed = entries.map(({ path, bytes }) => ({ name: path, content: bytes }));
const byPath = Object.fromEntries(entries.map(({ path, bytes }) => [path, bytes]));
const flat = listed.map(({ name, content }) => ({ name: name.split('/').at(-1) ?? name, content }));
const letter = { subject: original.subject, text: original.text, files: flat };

const receivedAt = new Date('2018-07-16T10:00:00+08:00');

async function outcomeOf(filename: string, content: Buffer, more: string) {
  const { from, subject, text } = original;
  const mail = {
    from: from ?? '',
    to: notice.mailbox,
    subject,
    text: `${text}\n${more}`,
    attachments: [{ filename, content }],
  };
  const raw = await new MailComposer(mail).compile().build();
  const services = { notice, ownAddresses: [notice.mailbox], read: reader.read };
  const taken = await takeIn({ file: '1.eml', sha256: '', receivedAt, raw }, services);
  const { applications } = conclude([taken], notice, receivedAt);
  return applications.map(({ union, nominee, complete, requirements, findings }) => ({
    union: union?.name,
    nominee,
    complete,
    states: Object.values(requirements).map(({ state }) => state),
    findings: findings.map(({ code }) => code).sort(),
  }));
}

test.each<[string, string, () => Buffer | Promise<Buffer>, string]>([
  ['RAR 4', '材料.rar', () => rar4(listed), ''],
  ['RAR 5 behind a password', '材料.rar', () => rar5(listed, { password: 'gh2018' }), '解压密码：gh2018'],
  ['7z', '材料.7z', () => packed(byPath), ''],
  [
    '7z that hides its names',
    '材料.7z',
    () => packed(byPath, { password: 'gh2018', hideNames: true }),
    '密码是gh2018。',
  ],
  [
    'a zip behind AES',
    '材料.zip',
    () => packed(byPath, { format: 'zip', password: 'gh2018', more: ['-mem=AES256'] }),
    '密码：gh2018',
  ],
  ['winmail.dat', 'winmail.dat', () => winmail(letter), ''],
  ['a mail of Outlook', '材料.msg', () => msg(letter), ''],
])('the same application in %s', async (_, name, make, said) => {
  const inZip = await outcomeOf('材料.zip', zip?.bytes ?? Buffer.alloc(0), '');
  expect(inZip).toMatchObject([{ nominee: expect.any(String), complete: true }]);
  expect(await outcomeOf(name, await make(), said)).toEqual(inZip);
});
