import { expect, test } from '@jest/globals';
import { msg, type OutlookLetter, packedRtf, winmail } from '../../fixtures/documents/outlook.ts';
import type { OutlookMail } from '../../src/documents/document.ts';
import { readHere } from '../../src/documents/read-here.ts';

async function read(bytes: Buffer, name = 'x'): Promise<OutlookMail> {
  const reading = await readHere({ name, bytes });
  if (reading.kind !== 'message' || reading.type === 'eml') throw new Error(`read as ${JSON.stringify(reading)}`);
  return reading.mail;
}
const filesOf = ({ files }: OutlookMail) => files.map(({ name, bytes }) => [name, bytes.toString()]);
const letter: OutlookLetter = {
  subject: '焦作工匠推荐材料',
  from: { name: '王丽䶮', address: 'wangli@example.com' },
  text: '刘主任：材料见附件。\r\n解压密码：8866',
  files: [
    { name: '焦作工匠推荐表（最终版）.doc', shortName: '焦作工~1.DOC', content: '表' },
    { name: '照片.jpg', content: '像', contentId: 'image001.jpg@01D41F00' },
  ],
};

test.each<[string, (letter: OutlookLetter) => Buffer, OutlookLetter['codePage']]>([
  ['winmail.dat in GBK', winmail, 936],
  ['winmail.dat in UTF-8', winmail, 65001],
  ['.msg in Unicode', msg, undefined],
  ['.msg in UTF-8', msg, 65001],
])('%s: who wrote what, and the files under their long names', async (_, write, codePage) => {
  const said = codePage === 936 ? { ...letter, from: { name: '王丽', address: 'wangli@example.com' } } : letter;
  const mail = await read(write({ ...said, ...(codePage ? { codePage } : {}) }));
  expect(mail).toMatchObject({ subject: said.subject, from: said.from, text: said.text });
  expect(filesOf(mail)).toEqual([
    ['焦作工匠推荐表（最终版）.doc', '表'],
    ['照片.jpg', '像'],
  ]);
  expect(mail.files[1]?.contentId).toBe('image001.jpg@01D41F00');
});

test('.msg of an old Outlook, its texts in GBK', async () => {
  const mail = await read(msg({ ...letter, from: { name: '王丽', address: 'a@example.com' }, codePage: 936 }));
  expect(mail).toMatchObject({ subject: letter.subject, text: letter.text });
});

test.each<[string, (letter: OutlookLetter) => Buffer]>([
  ['winmail.dat', winmail],
  ['.msg', msg],
])('%s: a mail inside a mail can be opened again', async (_, write) => {
  const outer = await read(write({ subject: '转发', files: [{ name: '原邮件', content: letter }] }));
  const [inner] = outer.files;
  expect(await read(inner?.bytes ?? Buffer.alloc(0))).toMatchObject({ subject: letter.subject, text: letter.text });
});

const rtf = packedRtf('{\\rtf1\\ansi\\ansicpg936 \\u-27036?\\u26009?\\u-30103?\\u-27058?\\par 8866}');

test.each<[string, Buffer]>([
  ['winmail.dat', winmail({ rtf })],
  ['.msg', msg({ rtf })],
])('%s: a body that is only there as compressed Rich Text is read', async (_, bytes) => {
  expect((await read(bytes)).text.split('\n').at(-1)).toBe('8866');
});

test('a page is kept apart from the text', async () => {
  expect(await read(winmail({ html: '<p>材料见附件</p>' }))).toMatchObject({ text: '', html: '<p>材料见附件</p>' });
});

test.each<[string, Buffer]>([
  ['winmail.dat', winmail(letter)],
  ['.msg', msg(letter)],
])('%s cut or damaged anywhere is an answer, never a fall', async (_, bytes) => {
  for (let at = 0; at < bytes.length; at += Math.ceil(bytes.length / 60)) {
    const damaged = Buffer.from(bytes);
    damaged.fill(0xff, at, Math.min(at + 4, damaged.length));
    for (const each of [bytes.subarray(0, at), damaged])
      expect(['message', 'unreadable', 'document']).toContain((await readHere({ name: 'x', bytes: each })).kind);
  }
});

test('200 files are read, 201 are too many', async () => {
  const files = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `${at}.txt`, content: 'x' }));
  expect((await read(winmail({ files: files(200) }))).files).toHaveLength(200);
  const beyond = await readHere({ name: 'winmail.dat', bytes: winmail({ files: files(201) }) });
  expect(beyond).toMatchObject({ kind: 'unreadable', reason: 'too_large' });
});
