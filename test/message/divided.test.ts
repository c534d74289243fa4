import { createHash } from 'node:crypto';
import { afterAll, expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import MailComposer from 'nodemailer/lib/mail-composer';
import { onDisks } from '../../fixtures/documents/disks.ts';
import { rarParts } from '../../fixtures/documents/rar.ts';
import { noise, rawZip } from '../../fixtures/documents/raw-zip.ts';
import { packParts } from '../../fixtures/documents/seven.ts';
import { openReader } from '../../src/documents/reader.ts';
import { classify } from '../../src/intake/classify.ts';
import { findAttachment } from '../../src/message/find-attachment.ts';
import { openAttachments } from '../../src/message/open.ts';
import { parseMail } from '../../src/message/parse.ts';
import { passwordsIn } from '../../src/message/passwords.ts';
import { notice } from '../support/notice.ts';

const words = notice.words.mail;
const reader = openReader();
afterAll(() => reader.close());

type File = [name: string, bytes: Buffer];
const composed = (files: File[], text: string): Promise<Buffer> =>
  new MailComposer({
    from: 'gonghui-1@163.com',
    subject: '材料',
    text,
    attachments: files.map(([filename, content]) => ({ filename, content })),
  })
    .compile()
    .build();

/** What intake lists; and that the reviewer gets the same bytes under each path. */
async function opened(files: File[], text = '请查收') {
  const raw = await composed(files, text);
  const mail = parseMail(raw, words);
  const found = await openAttachments(mail.attachments, reader.read, words, [mail.text, mail.subject]);
  const keys = { passwords: passwordsIn([mail.text, mail.subject], words), words };
  for (const { path, sha256 } of found) {
    const bytes = await findAttachment(raw, path, reader.read, keys);
    expect([path, bytes && createHash('sha256').update(bytes).digest('hex')]).toEqual([path, sha256]);
  }
  return found;
}

async function listed(files: File[], text?: string): Promise<string[]> {
  return (await opened(files, text)).map(({ path, reading }) =>
    reading.kind === 'unreadable'
      ? `${path} ${reading.reason}`
      : `${path} ${reading.kind === 'container' && reading.partOf !== undefined ? `with ${reading.partOf}` : reading.kind}`,
  );
}

const scan = Buffer.from('姓名：李建国\n'.repeat(400));
const cut = async (format: '7z' | 'zip', password?: string): Promise<File[]> => {
  const parts = await packParts(
    { '推荐表.txt': scan, '照片.bin': noise(40_000) },
    { format, more: ['-v16k'], ...(password ? { password } : {}) },
  );
  return Object.entries(parts)
    .sort()
    .map(([name, bytes]) => [name.replace('packed', '材料'), bytes]);
};
const named = (parts: Buffer[], name: (at: number) => string): File[] => parts.map((bytes, at) => [name(at), bytes]);
const newRar = () => named(rarParts(5, '推荐表.txt', scan, 3), (at) => `材料.part${at + 1}.rar`);
const tenParts = () => named(rarParts(5, '推荐表.txt', scan, 10), (at) => `材料.part${at + 1}.rar`);
const oldRar = () => named(rarParts(4, '推荐表.txt', scan, 3), (at) => (at === 0 ? '材料.rar' : `材料.r0${at - 1}`));
const gbkZip = rawZip([
  { name: iconv.encode('推荐表.txt', 'gbk'), content: scan, method: 0 },
  { name: iconv.encode('证书.txt', 'gbk'), content: scan, method: 8 },
]);
const disks = () => named(onDisks(gbkZip, 3), (at) => (at === 2 ? '材料.zip' : `材料.z0${at + 1}`));

const whole = (first: string, others: string[], files: string[]) => [
  `${first} container`,
  ...files.map((file) => `${first}/${file}`),
  ...others.map((other) => `${other} with ${first}`),
];

test.each<[string, () => File[] | Promise<File[]>, string[]]>([
  ['.part1.rar', newRar, whole('材料.part1.rar', ['材料.part2.rar', '材料.part3.rar'], ['推荐表.txt document'])],
  [
    '.part1.rar to .part10.rar',
    tenParts,
    whole(
      '材料.part1.rar',
      Array.from({ length: 9 }, (_, at) => `材料.part${at + 2}.rar`),
      ['推荐表.txt document'],
    ),
  ],
  ['.rar, .r00', oldRar, whole('材料.rar', ['材料.r00', '材料.r01'], ['推荐表.txt document'])],
  [
    '.7z.001',
    () => cut('7z'),
    whole('材料.7z.001', ['材料.7z.002', '材料.7z.003'], ['推荐表.txt document', '照片.bin unsupported']),
  ],
  [
    '.zip.001',
    () => cut('zip'),
    whole('材料.zip.001', ['材料.zip.002', '材料.zip.003'], ['推荐表.txt document', '照片.bin unsupported']),
  ],
  ['.zip, .z01', disks, whole('材料.zip', ['材料.z01', '材料.z02'], ['推荐表.txt document', '证书.txt document'])],
])('a divided archive whose parts came together is opened as one, in whatever order: %s', async (_, make, files) => {
  const parts = await make();
  for (const order of [parts, [...parts].reverse()]) expect((await listed(order)).sort()).toEqual([...files].sort());
});

test.each<[string, () => File[] | Promise<File[]>, number, string]>([
  ['a middle .part2.rar', newRar, 1, '缺 材料.part2.rar'],
  ['the first .part1.rar', newRar, 0, '缺 材料.part1.rar'],
  ['the first .rar', oldRar, 0, '缺 材料.rar'],
  ['a middle .7z.002', () => cut('7z'), 1, '缺 材料.7z.002'],
  ['the .zip of .z01', disks, 2, '缺 材料.zip'],
  ['the last .part3.rar', newRar, 2, '缺后面的分卷'],
  ['the last .r01', oldRar, 2, '缺后面的分卷'],
  ['the last .7z.003', () => cut('7z'), 2, '缺后面的分卷'],
  ['the last .zip.003', () => cut('zip'), 2, '缺后面的分卷'],
  ['.z02 before the .zip', disks, 1, '缺后面的分卷'],
])('with a part missing, staff are told which are there and what is wanted: %s', async (_, make, at, wanted) => {
  const there = (await make()).filter((__, index) => index !== at);
  const files = await opened(there);
  expect(files.map(({ path, reading }) => [path, reading])).toEqual(
    there.map(([name]) => [name, expect.objectContaining({ kind: 'unreadable', reason: 'archive_part' })]),
  );
  for (const { note } of classify(files, notice)) {
    expect(note).toContain(wanted);
    for (const [name] of there) expect(note).toContain(name);
  }
});

test('many missing parts are counted, not all named', async () => {
  const [first, second] = newRar();
  const far = second && (['材料.part500.rar', second[1]] as File);
  const [{ note } = { note: '' }] = classify(
    await opened([first, far].flatMap((file) => (file ? [file] : []))),
    notice,
  );
  expect(note).toContain('缺 材料.part2.rar、材料.part3.rar');
  expect(note).toContain('等 498 卷');
  expect(note?.length).toBeLessThan(400);
});

test('two divided archives and a whole one beside each other are told apart', async () => {
  const certificates = newRar().map(([name, bytes]): File => [name.replace('材料', '证书'), bytes]);
  const lone: File = ['附件.zip', gbkZip];
  const files = await listed([...newRar(), ...certificates, lone]);
  expect(files.filter((line) => line.endsWith('document'))).toEqual([
    '材料.part1.rar/推荐表.txt document',
    '证书.part1.rar/推荐表.txt document',
    '附件.zip/推荐表.txt document',
    '附件.zip/证书.txt document',
  ]);
});

test('a divided archive inside a zip, and in an attached mail', async () => {
  const outer = rawZip(newRar().map(([name, content]) => ({ name, content, flags: 0x800 })));
  expect(await listed([['外.zip', outer]])).toContain('外.zip/材料.part1.rar/推荐表.txt document');
  const inner = await composed(await cut('7z'), '里面的');
  expect(await listed([['原邮件.eml', inner]])).toContain('原邮件.eml/材料.7z.001/推荐表.txt document');
});

test('a divided archive behind a password opens with the one the letter gives', async () => {
  const parts = await cut('7z', 'gh2018');
  expect(await listed(parts, '解压密码：gh2018')).toContain('材料.7z.001/推荐表.txt document');
  expect(await listed(parts)).toEqual([
    '材料.7z.001 encrypted',
    '材料.7z.002 with 材料.7z.001',
    '材料.7z.003 with 材料.7z.001',
  ]);
});

test('the limit of size holds over all parts together', async () => {
  const [[name, bytes] = ['', Buffer.alloc(0)], ...others] = newRar();
  const volumes = others.map(([, part]) => part);
  const all = [bytes, ...volumes].reduce((sum, { length }) => sum + length, 0);
  for (const [fileBytes, kind] of [[all, 'container'] as const, [all - 1, 'unreadable'] as const]) {
    const strict = openReader({ fileBytes });
    expect(await strict.read({ name, bytes, volumes })).toMatchObject({ kind });
    await strict.close();
  }
});

test('names that look like parts and are none are read as what they are', async () => {
  expect(await listed([['计划.z01', Buffer.from('姓名：李建国')]])).toEqual(['计划.z01 document']);
  expect(await listed([['计划.rar.001', Buffer.from('姓名：李建国')]])).toEqual(['计划.rar.001 document']);
});

test('a locked archive in an attached mail opens with the password that only that mail gives', async () => {
  const parts = await packParts({ '推荐表.txt': scan }, { password: 'gh2018' });
  const locked = Object.values(parts).map((bytes): File => ['材料.7z', bytes]);
  const inner = await composed(locked, '您好，解压密码：gh2018');
  expect(await listed([['原邮件.eml', inner]])).toEqual([
    '原邮件.eml message',
    '原邮件.eml/材料.7z container',
    '原邮件.eml/材料.7z/推荐表.txt document',
  ]);
});
