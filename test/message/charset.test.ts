import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { chinese } from '../../fixtures/mails/chinese.ts';
import { readHead } from '../../src/mailbox/head.ts';
import { parseMail } from '../../src/message/parse.ts';
import { decodeText } from '../../src/text/charset.ts';
import { seeded } from '../support/seeded.ts';
import { words } from './mails.ts';

/** The same as `bench/charset.ts`, with fewer texts. */
const count = 2_000;
const corpus = chinese(seeded(7));
const percentWrong = (make: () => string, read: (text: string) => string) =>
  (Array.from({ length: count }, make).filter((text) => read(text) !== text.replace(/\r\n/g, '\n')).length * 100) /
  count;

const body = (charset: string) => (text: string) =>
  parseMail(Buffer.concat([Buffer.from('Subject: x\r\n\r\n'), iconv.encode(text, charset)]), words).text;
const header = (name: string, charset: string) => (text: string) =>
  Buffer.concat([Buffer.from(`${name}: `), iconv.encode(text, charset), Buffer.from(' <a@126.com>\r\n\r\n')]);

test('bodies whose charset nobody tells: at most one in a thousand is read wrong', () => {
  expect(percentWrong(corpus.letter, body('gb18030'))).toBeLessThanOrEqual(0.1);
  expect(percentWrong(corpus.letter, body('utf-8'))).toBeLessThanOrEqual(0.1);
  expect(percentWrong(corpus.traditional, body('big5'))).toBeLessThanOrEqual(0.1);
  expect(percentWrong(corpus.traditional, body('gb18030'))).toBeLessThanOrEqual(0.1);
});

test.each(['gb18030', 'utf-8'])('raw 8-bit headers in %s: at most two in a hundred are read wrong', (charset) => {
  const subject = (text: string) => readHead(header('Subject', charset)(text)).subject.replace(' <a@126.com>', '');
  const name = (text: string) => readHead(header('From', charset)(text)).fromName;
  for (const make of [corpus.subject, corpus.shortSubject, corpus.anyCommon])
    expect(percentWrong(make, subject)).toBeLessThanOrEqual(2);
  expect(percentWrong(corpus.person, name)).toBeLessThanOrEqual(2);
});

test.each([
  ['Big5 under no label', '附件為申報表及照片', 'big5', null],
  ['Big5 under the label of GBK', '附件為申報表及照片', 'big5', 'gbk'],
  ['traditional signs in GBK', '附件為申報表及照片，請查收', 'gbk', null],
  ['a name of rare signs in GBK', '翟彧骉', 'gbk', null],
  ['four bytes', '䶮㛃', 'gb18030', 'gb2312'],
  ['three signs are too few to call them Big5', '喆堃赟', 'gbk', null],
])('%s', (_, text, charset, label) => {
  expect(decodeText(iconv.encode(text, charset), label)).toMatchObject({ text, sure: true });
});

test('bytes that no charset accounts for: what could be read stays, and staff are told', () => {
  const mail = parseMail(
    Buffer.concat([Buffer.from('Subject: x\n\n'), iconv.encode('材料见附件', 'gbk'), Buffer.of(0xff, 0xff, 0x41)]),
    words,
  );
  expect(mail.text).toContain('材料见附件');
  expect(mail.troubles).toEqual(['正文里有认不出的字，请对照原邮件查看']);
});
