import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { simpleParser, type ParsedMail as TheirMail } from 'mailparser';
import MailComposer from 'nodemailer/lib/mail-composer';
import { cleanName } from '../../src/message/names.ts';
import { parseMail } from '../../src/message/parse.ts';
import { squeeze } from '../../src/text/squeeze.ts';
import { parsed, raw, words } from './mails.ts';

const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/**
 * Mails that mailparser reads right (labels true, names encoded by the book): there both must agree. Its known failings
 * (unlabelled GBK, raw headers, paths in names, attached mails' names) are the business of the other tests.
 */
test.each([
  'foxmail-gbk-names',
  'qq-web-gb18030',
  'qq-mobile-no-message-id',
  'rfc2231-gbk-split',
  'encoded-word-split-in-character',
  'big5-body',
  'bare-line-feeds',
  'no-closing-boundary',
  'name-only',
  'winmail-dat',
  'single-part-attachment',
  'recall-notice',
  'advertisement',
])('%s: mailparser reads the same', async (name) => {
  const theirs = await simpleParser(raw(name), { skipHtmlToText: true, skipTextToHtml: true });
  const ours = parsed(name);
  expect({
    subject: ours.subject,
    from: ours.from,
    messageId: ours.messageId ?? undefined,
    sentAt: ours.sentAt,
    text: squeeze(`${ours.text}`),
    attachments: ours.attachments.map(({ path, bytes }) => [path, sha256(bytes)]),
  }).toEqual({
    subject: theirs.subject,
    from: theirs.from?.value[0],
    messageId: theirs.messageId || undefined,
    sentAt: theirs.date,
    text: squeeze((theirs.text ?? '').replaceAll('&nbsp;', '')),
    attachments: theirs.attachments.map(({ filename, content }) => [filename, sha256(content)]),
  });
});

const text = fc
  .array(fc.constantFrom(...'焦作工匠推荐表李建国䶮（）é×abc 12.-_,;"\'=?'.split('')), { minLength: 1, maxLength: 40 })
  .map((signs) => signs.join('').trim() || '材料');
const file = fc.record({ filename: text.map((name) => `${name}.doc`), content: fc.uint8Array({ maxLength: 300 }) });
const letter = fc.record({
  from: fc.record({ name: text, address: fc.constant('a@example.com') }),
  subject: text,
  text,
  attachments: fc.array(file, { maxLength: 4 }),
  textEncoding: fc.constantFrom('base64' as const, 'quoted-printable' as const),
});

const names = (mail: TheirMail) =>
  mail.attachments.map(({ filename, content }) => [cleanName(filename ?? ''), sha256(content)]);

test('mails that nodemailer composes are read as mailparser reads them', async () => {
  await fc.assert(
    fc.asyncProperty(letter, async (parts) => {
      const attachments = parts.attachments.map(({ filename, content }, n) => ({
        filename: `${n}${filename}`,
        content: Buffer.from(content),
      }));
      const bytes = await new MailComposer({ ...parts, attachments }).compile().build();
      const theirs = await simpleParser(bytes);
      const ours = parseMail(bytes, words);
      expect(ours).toMatchObject({
        subject: theirs.subject,
        messageId: theirs.messageId,
        sentAt: theirs.date,
        text: parts.text,
      });
      expect(ours.from?.name).toBe(theirs.from?.value[0]?.name);
      expect(ours.attachments.map(({ path, bytes: content }) => [path, sha256(content)])).toEqual(names(theirs));
    }),
    { numRuns: 200, seed: 20180720 },
  );
});
