import { gzipSync } from 'node:zlib';
import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { noise } from '../../fixtures/documents/raw-zip.ts';
import { packed } from '../../fixtures/documents/seven.ts';
import { longNamed, paxNamed, type TarEntry, tar } from '../../fixtures/documents/tar.ts';
import { readHere } from '../../src/documents/read-here.ts';

/** `path = its first signs` of what came out, `path reason` of what was refused; else why the whole was. */
async function inside(name: string, bytes: Buffer): Promise<string[] | string> {
  const reading = await readHere({ name, bytes });
  if (reading.kind === 'unreadable') return reading.reason;
  if (reading.kind !== 'container') return reading.kind;
  return [
    ...reading.entries.map(({ path, bytes: content }) => `${path} = ${content.toString('utf8', 0, 15)}`),
    ...reading.refused.map(({ path, reason }) => `${path} ${reason}`),
  ];
}

const form: TarEntry = { name: '材料/推荐表.doc', content: '表' };
const long = `${'很长的文件夹名'.repeat(6)}/推荐表.doc`;

test.each<[string, Buffer, string[]]>([
  ['names in UTF-8', tar([{ name: '材料/', type: '5' }, form]), ['材料/推荐表.doc = 表']],
  ['names in GBK', tar([{ ...form, name: iconv.encode('材料/推荐表.doc', 'gbk') }]), ['材料/推荐表.doc = 表']],
  ['of before 1988', tar([form], false), ['材料/推荐表.doc = 表']],
  ['a long name of GNU', tar(longNamed(long, '表')), [`${long} = 表`]],
  ['a long name of POSIX', tar(paxNamed(long, '表')), [`${long} = 表`]],
  ['two of one name', tar([form, form]), ['材料/推荐表.doc = 表', '材料/推荐表 (2).doc = 表']],
])('a tar, bare, and behind gzip, gives its files: %s', async (_, bytes, files) => {
  expect(await inside('材料.tar', bytes)).toEqual(files);
  for (const name of ['材料.tar.gz', '材料.tgz']) expect(await inside(name, gzipSync(bytes))).toEqual(files);
});

test('a tar made by another program', async () => {
  const bytes = await packed({ '材料/推荐表䶮.doc': '表' }, { format: 'tar' });
  expect(await inside('材料.tar', bytes)).toEqual(['材料/推荐表䶮.doc = 表']);
});

test('bad entries are refused one by one, the good ones are returned', async () => {
  const bytes = tar([
    { name: '../a.txt', content: 'x' },
    { name: '/etc/b.txt', content: 'x' },
    { name: '链接', type: '2' },
    { name: '硬链接', type: '1' },
    { name: '设备', type: '3' },
    { name: '大.txt', content: Buffer.alloc(20_000_001) },
    { name: '.DS_Store', content: 'x' },
    { name: '好.txt', content: '好' },
    { name: '断.txt', content: 'x', claims: 9_000 },
  ]);
  expect(await inside('材料.tar', bytes)).toEqual([
    '好.txt = 好',
    '../a.txt unsafe',
    '/etc/b.txt unsafe',
    '链接 unsafe',
    '硬链接 unsafe',
    '设备 unsafe',
    '大.txt too_large',
    '断.txt corrupt',
  ]);
});

const many = (count: number) => tar(Array.from({ length: count }, (_, at) => ({ name: `${at}.txt`, content: 'x' })));

test('200 files are listed, 201 are too many', async () => {
  expect(await inside('a.tar', many(200))).toHaveLength(200);
  expect(await inside('a.tar', many(201))).toBe('too_large');
});

test('beyond 60 MB in all, what no longer fits is refused and smaller files still pass', async () => {
  const large = [0, 1, 2, 3].map((at) => ({ name: `${at}.bin`, content: Buffer.alloc(19e6) }));
  const reading = await readHere({ name: 'a.tar', bytes: tar([...large, { name: '表.txt', content: 'x' }]) });
  expect(reading).toMatchObject({
    entries: [{ path: '0.bin' }, { path: '1.bin' }, { path: '2.bin' }, { path: '表.txt' }],
    refused: [{ path: '3.bin', bytes: 19e6, reason: 'too_large' }],
  });
});

test.each<[string, string, Buffer, string[] | string]>([
  ['one file', '推荐表.doc.gz', gzipSync('表'), ['推荐表.doc = 表']],
  ['one whose name says nothing', '材料', gzipSync('表'), ['材料 = 表']],
  ['a bomb within the limit of size', '零.gz', gzipSync(Buffer.alloc(19e6)), 'too_large'],
  ['a bomb beyond it', '零.gz', gzipSync(Buffer.alloc(61e6)), 'too_large'],
  ['a bomb of a tar', '零.tgz', gzipSync(tar([{ name: '零', content: Buffer.alloc(19e6) }])), 'too_large'],
  ['cut short', '推荐表.doc.gz', gzipSync(noise(5_000)).subarray(0, 2_000), 'corrupt'],
  ['nothing in it', '推荐表.doc.gz', gzipSync(''), 'empty'],
  ['a tar of folders', '材料.tgz', gzipSync(tar([{ name: '材料/', type: '5' }])), 'empty'],
])('gzip: %s', async (_, name, bytes, seen) => {
  expect(await inside(name, bytes)).toEqual(seen);
});

test('packed in a way that nobody here opens is said so, for the union can pack it anew', async () => {
  expect(await inside('材料.tar.xz', noise(600))).toBe('archive_unsupported');
});
