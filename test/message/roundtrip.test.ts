import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { identify } from '../../src/message/identify.ts';
import { parseMail } from '../../src/message/parse.ts';
import { receivedFromHeaders } from '../../src/message/received-at.ts';
import { raw, words } from './mails.ts';

/** Chinese names as people have them, rare signs, brackets, blanks and Latin letters among them. */
const sign = fc.constantFrom(...'焦作工匠推荐表李建国䶮㛃镕昞瑄（）一二三ＡB7-_ '.split(''), '𠮷');
const stem = fc.array(sign, { minLength: 1, maxLength: 24 }).map((signs) => signs.join('').trim());
const name = stem.filter((text) => text !== '' && !/\s\s/.test(text)).map((text) => `${text}.docx`);
const gb = (text: string) => iconv.encode(text, 'gb18030');

/** A text in pieces of `size` bytes, wherever they fall. */
const cut = (bytes: Buffer, size: number) =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
const bWords = (label: string, bytes: Buffer, size: number) =>
  cut(bytes, size)
    .map((piece) => `=?${label}?B?${piece.toString('base64')}?=`)
    .join('\r\n ');
const qWords = (label: string, bytes: Buffer, size: number) =>
  cut(bytes, size)
    .map((piece) => `=?${label}?Q?${[...piece].map(hex('=')).join('')}?=`)
    .join('\r\n\t');
const hex = (mark: string) => (byte: number) => `${mark}${byte.toString(16).padStart(2, '0').toUpperCase()}`;
const continuations = (label: string, bytes: Buffer, size: number) =>
  cut(bytes, size)
    .map((piece, index) => `filename*${index}*=${index === 0 ? `${label}''` : ''}${[...piece].map(hex('%')).join('')}`)
    .join(';\r\n ');

const size = fc.integer({ min: 3, max: 40 });
const styles: [string, (text: string, size: number) => string | Buffer][] = [
  ['RFC 2047, gb2312 label', (text, n) => `filename="${bWords('gb2312', gb(text), n)}"`],
  ['RFC 2047 in UTF-8', (text, n) => `filename="${bWords('UTF-8', Buffer.from(text), n)}"`],
  ['RFC 2047 without quotes', (text, n) => `filename=${bWords('GBK', gb(text), n)}`],
  ['RFC 2047, Q', (text, n) => `filename="${qWords('gb18030', gb(text), n)}"`],
  ['RFC 2231 in GBK', (text, n) => continuations('GBK', gb(text), n)],
  ['RFC 2231 in UTF-8', (text, n) => continuations('UTF-8', Buffer.from(text), n)],
  ['raw UTF-8', (text) => Buffer.from(`filename="${text}"`)],
  ['raw GB18030', (text) => Buffer.concat([Buffer.from('filename="'), gb(text), Buffer.from('"')])],
];

test.each(styles)('names in every style come back: %s', (_, style) => {
  fc.assert(
    fc.property(name, size, (text, n) => {
      const header = Buffer.concat([
        Buffer.from('Content-Type: image/png\r\nContent-Disposition: attachment; '),
        Buffer.from(style(text, n)),
      ]);
      const mail = parseMail(Buffer.concat([header, Buffer.from('\r\n\r\nx')]), words);
      expect(mail.attachments[0]?.path).toBe(text);
    }),
    { numRuns: 300, seed: 20180720 },
  );
});

test.each([
  ['B, gb2312 label', (text: string, n: number) => bWords('gb2312', gb(text), n)],
  ['B, utf-8', (text: string, n: number) => bWords('utf-8', Buffer.from(text), n)],
  ['Q, gbk', (text: string, n: number) => qWords('gbk', gb(text), n)],
])('subjects and senders come back: %s', (_, style) => {
  fc.assert(
    fc.property(name, size, (text, n) => {
      const mail = parseMail(
        Buffer.from(`Subject: ${style(text, n)}\r\nFrom: ${style(text, n)}<a@example.com>\r\n\r\n`),
        words,
      );
      expect(mail).toMatchObject({ subject: text, from: { name: text, address: 'a@example.com' } });
    }),
    { numRuns: 300, seed: 20180720 },
  );
});

test('files of any bytes come back, whatever stands around them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 2_000 }), fc.constantFrom('\r\n', '\n'), (content, end) => {
      const lines = (
        Buffer.from(content)
          .toString('base64')
          .match(/.{1,76}/g) ?? []
      ).join(end);
      const part = [
        '--b',
        'Content-Type: application/zip; name=a.zip',
        'Content-Transfer-Encoding: base64',
        '',
        lines,
      ].join(end);
      const mail = parseMail(
        Buffer.from(['Content-Type: multipart/mixed; boundary=b', '', part, '--b--', ''].join(end)),
        words,
      );
      expect(mail.attachments[0]?.bytes.equals(Buffer.from(content))).toBe(true);
    }),
    { numRuns: 200, seed: 20180720 },
  );
});

/** Lines that mean something to the parser, in any order, and mails cut and spoilt anywhere. */
const scrap = fc.constantFrom(
  'Content-Type: multipart/mixed; boundary=b',
  'Content-Type: text/html',
  'Content-Type: message/rfc822; name="',
  '--b',
  '--b--',
  '',
  '',
  '> x',
  'Subject: =?gbk?B?',
  'From: <',
  'Date: 1 Jan',
  'Received: ;',
  '<div><a href="https://pan.baidu.com/s/1">',
  '<blockquote>',
  '在1写道：',
  'Content-Transfer-Encoding: base64',
  '\u0000',
);
const spoilt = fc
  .tuple(
    fc.constantFrom('foxmail-gbk-names', 'qq-huge-attachment', 'netease-bounce', 'traversal-names'),
    fc.nat(),
    fc.nat(),
    fc.uint8Array({ maxLength: 20 }),
  )
  .map(([file, from, length, junk]) => {
    const mail = raw(file);
    const start = from % mail.length;
    return Buffer.concat([mail.subarray(0, start), junk, mail.subarray(start + (length % 200))]);
  });

test.each([
  ['any bytes', fc.uint8Array({ maxLength: 5_000 }).map((bytes) => Buffer.from(bytes))],
  ['scraps of mail', fc.array(scrap, { maxLength: 60 }).map((lines) => Buffer.from(lines.join('\n')))],
  ['spoilt mails', spoilt],
])('never throws, and every path is one clean name: %s', (_, mails) => {
  fc.assert(
    fc.property(mails, (bytes) => {
      const mail = parseMail(bytes, words);
      identify(mail, [], words);
      receivedFromHeaders(mail.headers);
      for (const { path } of mail.attachments) expect(path).toMatch(/^[^/\\\p{Cc}.][^/\\\p{Cc}]*$/u);
      expect(new Set(mail.attachments.map(({ path }) => path)).size).toBe(mail.attachments.length);
    }),
    { numRuns: 1_000, seed: 20180720 },
  );
});
