import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import type { ReadFile } from '../../src/documents/document.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { findAttachment } from '../../src/message/find-attachment.ts';
import { openAttachments } from '../../src/message/open.ts';
import { parseMail } from '../../src/message/parse.ts';
import { passwordsIn } from '../../src/message/passwords.ts';
import { notice } from '../support/notice.ts';

/** What intake recorded under a path must be what the reviewer gets under it: in every mail we have. */
const mails = ['fixtures/personas', 'fixtures/mails', 'fixtures/rehearsal'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.eml'))
    .map((name) => join(folder, name)),
);
const words = notice.words.mail;
const keys = { passwords: [], words };
let compared = 0;
/** What holds no other file need not be read, and takes the most of the time. */
const readContainers: ReadFile = (file) =>
  /\.(?:docx?|xlsx?|et|wps|rtf|pdf|jpe?g|png)$/i.test(file.name)
    ? Promise.resolve({ kind: 'unreadable', type: 'unknown', reason: 'unsupported', detail: '' })
    : readHere(file);

test.each(mails)('%s', async (file) => {
  const raw = readFileSync(file);
  const { attachments, text, subject } = parseMail(raw, words);
  const opened = await openAttachments(attachments, readContainers, words, [text, subject]);
  const said = [text, subject, ...opened.map(({ path }) => path)];
  for (const { path, sha256 } of opened) {
    const bytes = await findAttachment(raw, path, readContainers, { passwords: passwordsIn(said, words), words });
    expect([path, bytes && createHash('sha256').update(bytes).digest('hex')]).toEqual([path, sha256]);
    compared += 1;
  }
});

test('there was something to compare', () => {
  expect(compared).toBeGreaterThan(200);
});

test.each(['', '/', '没有.docx', '没有.zip/a.docx', '../../etc/passwd'])('nothing under %j', async (path) => {
  expect(
    await findAttachment(readFileSync('fixtures/personas/all-in-one-gbk-zip/1.eml'), path, readHere, keys),
  ).toBeNull();
});

test('a file in an attached mail, and no deeper than intake went', async () => {
  const mail = (name: string, type: string, body: Buffer) =>
    Buffer.concat([
      Buffer.from(
        `From: a@b.cn\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="=${name}"\r\n\r\n--=${name}\r\nContent-Type: ${type}\r\nContent-Disposition: attachment; filename="${name}"\r\n\r\n`,
      ),
      body,
      Buffer.from(`\r\n--=${name}--\r\n`),
    ]);
  const wrap = (body: Buffer, level: number) => mail(`${'m'.repeat(level)}.eml`, 'message/rfc822', body);
  const inner = mail('a.txt', 'text/plain', Buffer.from('姓名：李建国'));
  const three = wrap(wrap(wrap(inner, 1), 2), 3);
  expect((await findAttachment(three, 'mmm.eml/mm.eml/m.eml/a.txt', readHere, keys))?.toString()).toBe('姓名：李建国');
  expect(await findAttachment(wrap(three, 4), 'mmmm.eml/mmm.eml/mm.eml/m.eml/a.txt', readHere, keys)).toBeNull();
});
