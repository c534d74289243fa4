import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { rar4, rar5 } from '../../fixtures/documents/rar.ts';
import { noise, rawZip } from '../../fixtures/documents/raw-zip.ts';
import { packed, packParts } from '../../fixtures/documents/seven.ts';
import { readSeven as readDivided } from '../../src/documents/archive/seven/seven.ts';
import { readZip } from '../../src/documents/archive/zip.ts';
import { readHere } from '../../src/documents/read-here.ts';

const readSeven = (bytes: Buffer, passwords: string[]) => readDivided({ name: '', bytes, volumes: [] }, passwords);

const shown = ({ entries, refused }: Awaited<ReturnType<typeof readSeven>>) => [
  ...entries.map(({ path, bytes }) => `${path} = ${bytes.toString().slice(0, 20)}`),
  ...refused.map(({ path, reason }) => `${path} ${reason}`),
];
const inside = async (bytes: Buffer, ...passwords: string[]) => shown(await readSeven(bytes, passwords));
const form = { name: '材料/推荐表䶮.doc', content: '表' };

test.each<[string, Buffer | Promise<Buffer>]>([
  ['RAR 4', rar4([form, { name: '照片.jpg', content: '像' }])],
  ['RAR 5', rar5([form, { name: '照片.jpg', content: '像' }])],
  ['7z', packed({ '材料/推荐表䶮.doc': '表', '照片.jpg': '像' })],
])('%s: files come out under their Chinese names', async (_, bytes) => {
  expect((await inside(await bytes)).sort()).toEqual(['材料/推荐表䶮.doc = 表', '照片.jpg = 像'].sort());
});

test.each<[string, Buffer | Promise<Buffer>]>([
  ['RAR 5', rar5([form], { password: 'gonghui2018' })],
  ['7z', packed({ '材料/推荐表䶮.doc': '表' }, { password: 'gonghui2018' })],
  ['7z that hides its names', packed({ '材料/推荐表䶮.doc': '表' }, { password: 'gonghui2018', hideNames: true })],
])('%s behind a password opens with the one the mail gives, and only with it', async (_, made) => {
  const bytes = await made;
  expect(await inside(bytes, '123456', 'gonghui2018')).toEqual(['材料/推荐表䶮.doc = 表']);
  for (const wrong of [[], ['123456']])
    await expect(readSeven(bytes, wrong)).rejects.toMatchObject({ reason: 'encrypted' });
});

test.each<[string, string[]]>([
  ['the old cipher', []],
  ['AES', ['-mem=AES256']],
])('a zip locked with %s opens with the one the mail gives', async (_, more) => {
  const bytes = await packed({ '推荐表.doc': '表', '照片.jpg': '像' }, { format: 'zip', password: '8866', more });
  expect(shown(await readZip(bytes, ['1234', '8866'])).sort()).toEqual(['推荐表.doc = 表', '照片.jpg = 像'].sort());
  await expect(readZip(bytes)).rejects.toMatchObject({ reason: 'encrypted' });
  await expect(readZip(bytes, ['1234'])).rejects.toMatchObject({ reason: 'encrypted' });
});

test('a locked zip with names in GBK loses none of them', async () => {
  const locked = await packed({ xxxxxx: '表' }, { format: 'zip', password: '8866' });
  const name = iconv.encode('推荐表', 'gbk');
  for (let at = locked.indexOf('xxxxxx'); at >= 0; at = locked.indexOf('xxxxxx', at)) name.copy(locked, at);
  expect(shown(await readZip(locked, ['8866']))).toEqual(['推荐表 = 表']);
});

test.each(['Deflate64', 'LZMA', 'BZip2'])('a zip packed with %s opens', async (method) => {
  const bytes = await packed({ '推荐表.doc': '表'.repeat(500) }, { format: 'zip', more: [`-mm=${method}`] });
  expect((await readZip(bytes)).entries.map(({ bytes: content }) => content.length)).toEqual([1_500]);
});

test('bad entries are refused one by one, the good ones are returned', async () => {
  expect(
    await inside(
      rar5([
        { name: '../a.txt', content: 'x' },
        { name: '/etc/b.txt', content: 'x' },
        { name: 'C:\\c.txt', content: 'x' },
        { name: '链接', linkTo: '/etc/passwd' },
        { name: '坏.txt', content: 'x', damaged: true },
        { name: '谎.txt', content: 'x', claims: 3 },
        { name: '大.txt', content: 'x', claims: 20_000_001 },
        { name: '*.txt', content: '星' },
        { name: '@list', content: '单' },
        { name: '好.txt', content: '好' },
      ]),
    ),
  ).toEqual([
    '*.txt = 星',
    '@list = 单',
    '好.txt = 好',
    '../a.txt unsafe',
    '/etc/b.txt unsafe',
    'C:/c.txt unsafe',
    '链接 unsafe',
    '坏.txt corrupt',
    '谎.txt corrupt',
    '大.txt too_large',
  ]);
});

test('RAR 4: one locked file is named, the others come out', async () => {
  expect(await inside(rar4([{ name: '证.txt', content: 'x', locked: true }, form]))).toEqual([
    '材料/推荐表䶮.doc = 表',
    '证.txt encrypted',
  ]);
});

test.each([
  [200, '200'],
  [201, 'too_large'],
])('%d files: %s', async (count, outcome) => {
  const bytes = rar5(Array.from({ length: count }, (_, at) => ({ name: `${at}.txt`, content: 'x' })));
  const seen = await readSeven(bytes, []).then(
    ({ entries }) => `${entries.length}`,
    ({ reason }) => reason,
  );
  expect(seen).toBe(outcome);
});

test('a bomb of zeros is refused by its listing, what lies beside it comes out', async () => {
  const zeros = await packed({ 'a.bin': Buffer.alloc(19e6), 'b.txt': '好' });
  expect(zeros.length).toBeLessThan(19e6 / 200);
  expect(await inside(zeros)).toEqual(['b.txt = 好', 'a.bin too_large']);
});

test('beyond 60 MB in all, what no longer fits is refused and smaller files still pass', async () => {
  const content = Buffer.alloc(19e6, noise(1e5));
  const large = Array.from({ length: 4 }, (_, at) => ({ name: `${at}.bin`, content }));
  const { entries, refused } = await readSeven(rar5([...large, { name: '表.txt', content: 'x' }]), []);
  expect(entries.map(({ path }) => path)).toEqual(['0.bin', '1.bin', '2.bin', '表.txt']);
  expect(refused).toEqual([{ path: '3.bin', bytes: 19e6, reason: 'too_large' }]);
});

test.each<[string, Buffer]>([
  ['the first part of a RAR 4', rar4([form], { volume: 1 })],
  ['a later part of a RAR 4', rar4([form], { volume: 2 })],
  ['the first part of a RAR 5', rar5([form], { volume: 1 })],
  ['a later part of a RAR 5', rar5([form], { volume: 2 })],
])('%s is named as a part', async (_, bytes) => {
  await expect(readSeven(bytes, [])).rejects.toMatchObject({ reason: 'archive_part' });
});

test.each(['7z', 'zip'] as const)('every part of a divided %s is named as one', async (format) => {
  const parts = await packParts({ '照片.jpg': noise(40_000) }, { format, more: ['-v16k'] });
  expect(Object.keys(parts)).toHaveLength(3);
  for (const [name, bytes] of Object.entries(parts))
    expect(await readHere({ name, bytes })).toMatchObject({ kind: 'unreadable', reason: 'archive_part' });
});

test('the last part of a zip divided among disks is named as one, whatever its name', async () => {
  const bytes = rawZip([{ name: 'a', content: 'x' }]);
  bytes.writeUInt16LE(2, bytes.length - 18);
  await expect(readZip(bytes)).rejects.toMatchObject({ reason: 'archive_part' });
});

test.each([
  ['cut in half', rar5([{ name: 'a.bin', content: noise(5_000) }]).subarray(0, 2_500), 'corrupt'],
  ['only its signature', Buffer.from('526172211a070100', 'hex'), 'corrupt'],
  ['nothing in it', rar5([]), 'empty'],
  ['only litter', rar5([{ name: 'Thumbs.db', content: 'x' }]), 'empty'],
])('a rar is refused as a whole: %s', async (_, bytes, reason) => {
  await expect(readSeven(bytes, [])).rejects.toMatchObject({ reason });
});

test('an archive damaged anywhere is an answer, never a fall, and never more than its limits', async () => {
  const whole = [rar4([form]), rar5([form], { password: '8866' }), await packed({ '表.doc': '表'.repeat(99) })];
  const damage = fc.tuple(fc.constantFrom(...whole), fc.nat(400), fc.uint8Array({ minLength: 1, maxLength: 8 }));
  await fc.assert(
    fc.asyncProperty(damage, async ([archive, at, bytes]) => {
      const damaged = Buffer.from(archive);
      damaged.set(bytes.subarray(0, Math.max(0, damaged.length - at)), Math.min(at, damaged.length));
      const reading = await readHere({ name: '材料', bytes: damaged, passwords: ['8866'] });
      if (reading.kind !== 'container') return;
      expect(reading.entries.length + reading.refused.length).toBeLessThanOrEqual(200);
      for (const entry of reading.entries) expect(entry.bytes.length).toBeLessThanOrEqual(20e6);
    }),
    { numRuns: 60, seed: 6 },
  );
}, 60_000);
