import { crc32 } from 'node:zlib';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { noise, type RawEntry, rawZip } from '../../fixtures/documents/raw-zip.ts';
import { readZip } from '../../src/documents/archive/zip.ts';
import { Unreadable } from '../../src/documents/unreadable.ts';

const gbk = (name: string) => iconv.encode(name, 'gbk');
const namesOf = async (...entries: RawEntry[]) => (await readZip(rawZip(entries))).entries.map((entry) => entry.path);

/** Info-ZIP's Unicode path extra field. */
function unicodePath(raw: Buffer, name: string, checksum = crc32(raw)): Buffer {
  const utf8 = Buffer.from(name);
  const field = Buffer.alloc(9);
  field.writeUInt16LE(0x7075, 0);
  field.writeUInt16LE(5 + utf8.length, 2);
  field[4] = 1;
  field.writeUInt32LE(checksum, 5);
  return Buffer.concat([field, utf8]);
}

test.each<[string, RawEntry, string]>([
  ['GBK without a flag, as Chinese Windows writes', { name: gbk('推荐表/李工匠.docx') }, '推荐表/李工匠.docx'],
  ['a GBK sign whose second byte is a backslash', { name: gbk('誠信.docx') }, '誠信.docx'],
  ['UTF-8 with its flag', { name: '推荐表.docx', flags: 0x800 }, '推荐表.docx'],
  ['UTF-8 without its flag, as macOS writes', { name: '焦作工匠推荐表.docx' }, '焦作工匠推荐表.docx'],
  ['GBK under the flag of UTF-8', { name: gbk('推荐表.docx'), flags: 0x800 }, '推荐表.docx'],
  [
    'a Unicode path beside a broken name',
    { name: gbk('??.docx'), extra: unicodePath(gbk('??.docx'), '䶮.docx') },
    '䶮.docx',
  ],
  [
    'a Unicode path left from another name',
    { name: gbk('表.docx'), extra: unicodePath(gbk('表.docx'), '旧.docx', 1) },
    '表.docx',
  ],
  ['backslashes between folders', { name: gbk('材料\\照片.jpg') }, '材料/照片.jpg'],
  ['a name turned to hide its extension', { name: '照片\u202egpj.exe', flags: 0x800 }, '照片gpj.exe'],
])('%s', async (_, entry, name) => {
  expect(await namesOf({ content: 'x', ...entry })).toEqual([name]);
});

test('any Chinese name comes back from GBK and from UTF-8', async () => {
  const sign = fc.constantFrom(
    ...'焦作工匠推荐表人选照片证书单位技术创新成果一览量化业绩第号（）年月日龙䶮镕'.split(''),
  );
  const name = fc.array(sign, { minLength: 2, maxLength: 12 }).map((signs) => `${signs.join('')}.docx`);
  await fc.assert(
    fc.asyncProperty(name, async (chosen) => {
      const utf8 = await namesOf({ name: chosen, flags: 0x800 });
      const gb18030 = await namesOf({ name: iconv.encode(chosen, 'gb18030') });
      expect([...utf8, ...gb18030]).toEqual([chosen, chosen]);
    }),
    { numRuns: 60 },
  );
});

test('what systems leave behind is not a file of the union', async () => {
  const litter = [
    '__MACOSX/._表.docx',
    '.DS_Store',
    '材料/Thumbs.db',
    '材料/',
    '~$推荐表.docx',
    'desktop.ini',
    '._表.docx',
  ];
  expect(await namesOf(...litter.map((name) => ({ name, flags: 0x800 })), { name: '表.docx', flags: 0x800 })).toEqual([
    '表.docx',
  ]);
});

test('two entries of one name stay tellable', async () => {
  expect(await namesOf({ name: 'a.jpg' }, { name: 'a.jpg' }, { name: 'a' }, { name: 'a' })).toEqual([
    'a.jpg',
    'a (2).jpg',
    'a',
    'a (2)',
  ]);
});

test('a name of 300 signs is shortened and keeps its extension', async () => {
  const [name] = await namesOf({ name: `${'长'.repeat(300)}.docx`, flags: 0x800 });
  expect(name).toBe(`${'长'.repeat(115)}.docx`);
});

test('bad entries are refused one by one, the good ones are returned', async () => {
  const { entries, refused } = await readZip(
    rawZip([
      { name: '../a.txt', content: 'x' },
      { name: 'C:\\b.txt', content: 'x' },
      { name: 'c\0.txt', content: 'x' },
      { name: 'link', content: '/etc/passwd', mode: 0o120777 },
      { name: 'locked.docx', content: 'x', flags: 1 },
      { name: 'large.bin', content: Buffer.alloc(1 << 20), times: 20 },
      { name: 'lie.bin', content: Buffer.alloc(1 << 20), times: 3, claims: 100 },
      { name: 'unheard-of.bin', content: 'x', method: 77 },
      { name: 'good.txt', content: '好' },
    ]),
  );
  expect(entries).toEqual([{ path: 'good.txt', bytes: Buffer.from('好') }]);
  expect(refused.map(({ path, reason }) => `${path} ${reason}`)).toEqual([
    '../a.txt unsafe',
    'C:/b.txt unsafe',
    'c.txt unsafe',
    'link unsafe',
    'locked.docx encrypted',
    'large.bin too_large',
    'lie.bin unsafe',
    'unheard-of.bin unsupported',
  ]);
});

test.each([
  [19.9, 0],
  [20.1, 1],
])('an entry of %d MB: %d refused', async (megabytes, count) => {
  const content = noise(1e5);
  expect((await readZip(rawZip([{ name: 'a.bin', content, times: megabytes * 10 }]))).refused).toHaveLength(count);
});

test('beyond 60 MB in all, what no longer fits is refused and smaller files still pass', async () => {
  const content = noise(1e5);
  const large = Array.from({ length: 4 }, (_, at) => ({ name: `${at}.bin`, content, times: 190 }));
  const { entries, refused } = await readZip(rawZip([...large, { name: 'form.txt', content: 'x' }]));
  expect(entries.map((entry) => entry.path)).toEqual(['0.bin', '1.bin', '2.bin', 'form.txt']);
  expect(refused).toEqual([{ path: '3.bin', bytes: 19e6, reason: 'too_large' }]);
});

test.each([
  [
    'every file needs a password',
    rawZip([
      { name: 'a', flags: 1 },
      { name: 'b', flags: 1, method: 99 },
    ]),
    'encrypted',
  ],
  ['there is no file in it', rawZip([]), 'empty'],
  ['there is only litter in it', rawZip([{ name: '.DS_Store' }]), 'empty'],
  ['there are 201 files in it', rawZip(Array.from({ length: 201 }, (_, at) => ({ name: `${at}` }))), 'too_large'],
  ['it was cut', rawZip([{ name: 'a', content: 'x' }]).subarray(0, 40), 'corrupt'],
])('a zip is refused as a whole when %s', async (_, bytes, reason) => {
  await expect(readZip(bytes)).rejects.toMatchObject({ name: Unreadable.name, reason });
});

test('200 files are still read', async () => {
  expect(await namesOf(...Array.from({ length: 200 }, (_, at) => ({ name: `${at}` })))).toHaveLength(200);
});

test('line ends that a mail gateway added behind the zip do no harm', async () => {
  const bytes = Buffer.concat([rawZip([{ name: 'a.txt', content: 'x' }]), Buffer.from('\r\n\r\n')]);
  expect((await readZip(bytes)).entries).toHaveLength(1);
});

test('a file whose bytes were damaged on the way is corrupt, not silently wrong', async () => {
  const bytes = rawZip([
    { name: 'a.txt', content: '焦作工匠'.repeat(50) },
    { name: 'b.txt', content: 'x' },
  ]);
  bytes.writeUInt8((bytes[40] ?? 0) ^ 0x10, 40);
  const { entries, refused } = await readZip(bytes);
  expect(entries.map((entry) => entry.path)).toEqual(['b.txt']);
  expect(refused).toMatchObject([{ path: 'a.txt', reason: 'corrupt' }]);
});
