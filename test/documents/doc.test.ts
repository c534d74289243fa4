import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import sharp from 'sharp';
import { ole } from '../../fixtures/documents/hostile.ts';
import { readHere } from '../../src/documents/read-here.ts';
import type { WordFile } from '../../src/documents/word/binary/fib.ts';
import { readPieces, textOf } from '../../src/documents/word/binary/pieces.ts';
import { paragraphRuns, propertiesIn } from '../../src/documents/word/binary/properties.ts';
import { cellOf, documentOf, gridOf, gridsIn, paragraphsIn, pictureIn, refusal, seen } from './seen.ts';

const sample = (name: string) => readFileSync(new URL(`../../fixtures/documents/${name}`, import.meta.url));
const form = [
  '1.1 姓　名',
  '1.2+1×2 李工匠',
  '1.4+2×1',
  '2.1 性别',
  '2.2 男',
  '2.3',
  '3.1+1×2 个人简历\n一九九〇年生',
  '3.3+1×2',
];

test.each([
  ['.doc', '推荐表.doc'],
  ['.wps', '推荐表.wps'],
])('a form in a %s keeps its rows, merges and tables in cells', async (_, name) => {
  const document = await documentOf(name, sample('form.doc'));
  expect(seen(gridOf(document, '表1'))).toEqual([...form, '4.1 时间\t奖项\n2017\t一等\n附表', '4.2+1×3 ☑是　☐否']);
  expect(seen(gridOf(document, '表2'))).toEqual(['1.1 时间', '1.2 奖项', '2.1 2017', '2.2 一等']);
  expect(document.blocks.map((block) => (block.kind === 'grid' ? block.name : block.text))).toEqual([
    '焦 作 工 匠 推 荐 表',
    '表1',
    '表2',
    '工龄九年',
  ]);
});

test('the photo of a .doc stands in its cell, and its page is A3', async () => {
  const document = await documentOf('推荐表.doc', sample('form.doc'));
  expect(pictureIn(document, cellOf(document, '表1第1行第3列'))).toMatchObject({
    name: '图片1.jpg',
    location: '表1第1行第3列',
    width: 120,
    height: 168,
  });
  expect(document.page).toEqual({ widthMm: 420, heightMm: 297 });
});

test('Rich Text named .doc reads alike; a table in a cell is a grid too', async () => {
  const document = await documentOf('推荐表.doc', sample('form.rtf'));
  expect(gridsIn(document).map((grid) => grid.name)).toEqual(['表1', '表2']);
  expect(seen(gridOf(document, '表2'))).toEqual(['1.1 时间', '1.2 奖项', '2.1 2017', '2.2 一等']);
  expect(seen(gridOf(document, '表1'))).toEqual([...form, '4.1 时间\t奖项\n2017\t一等\n附表', '4.2+1×3 ☑是　☐否']);
  expect(paragraphsIn(document).map((one) => one.text)).toEqual(['焦 作 工 匠 推 荐 表', '工龄九年']);
  expect(document.page).toEqual({ widthMm: 420, heightMm: 297 });
});

test('the pictures of Rich Text are seen where they are anchored', async () => {
  const png = await sharp({ create: { width: 300, height: 420, channels: 3, background: '#886644' } })
    .png()
    .toBuffer();
  const hex = (png.toString('hex').match(/.{1,64}/g) ?? []).join('\r\n');
  const bytes = Buffer.from(`{\\rtf1\\ansi a\\par{\\pict\\pngblip\\picw300\\pich420 ${hex}}}`, 'latin1');
  expect((await documentOf('x.rtf', bytes)).pictures).toMatchObject([{ width: 300, height: 420, location: '第2段' }]);
});

test.each(['floating-photo.doc', 'photo-in-cell.rtf'])(
  'the photo of %s stands in its cell, and the page is A3',
  async (name) => {
    const document = await documentOf(name, sample(name));
    const place = '表1第1行第7列';
    expect(document.pictures).toMatchObject([{ location: place, width: 120, height: 168 }]);
    expect(cellOf(document, place)).toMatchObject({ rowSpan: 4, pictures: [0] });
    expect(document.page).toEqual({ widthMm: 420, heightMm: 297 });
  },
);

test('text boxes of a .doc stand where they are anchored: before the table whose head they are', async () => {
  const document = await documentOf('box.doc', sample('boxed-union.doc'));
  expect(
    document.blocks.map((block) => (block.kind === 'grid' ? block.name : `${block.location} ${block.text}`)),
  ).toEqual([
    '第1段 焦作工匠推荐表',
    '文本框1 推荐单位（盖章）：解放区总工会',
    '表1',
    '第2段 获市级以上奖励的技术创新成果一览表',
    '表2',
  ]);
});

test('a list of table properties that lies in the data stream counts, what stands in the paragraph itself before it', () => {
  const lump = { at: 0, length: 0 };
  const data = Buffer.from('0600162401172401', 'hex');
  const page = Buffer.alloc(512);
  page.writeUInt32LE(0, 0);
  page.writeUInt32LE(10, 4);
  page[8] = 100; // the list begins at byte 200
  const list = Buffer.from('00006b640000000000', 'hex');
  page[200] = 5;
  list.copy(page, 201);
  page[511] = 1;
  const table = Buffer.alloc(12);
  table.writeUInt32LE(10, 4);
  table.writeUInt32LE(1, 8);
  const text = Buffer.concat([Buffer.alloc(512), page]);
  const file = { text, table, data, paragraphRuns: { at: 0, length: 12 }, characterRuns: lump };
  expect(paragraphRuns(file as unknown as WordFile)[0]?.properties.map(({ code }) => code.toString(16))).toEqual([
    '2416',
    '2417',
    '646b',
  ]);
});

const rtf = async (inside: string) => {
  const document = await documentOf('x.doc', Buffer.from(`{\\rtf1\\ansi\\ansicpg936${inside}}`, 'latin1'));
  return document.blocks.map((block) => (block.kind === 'grid' ? seen(block) : block.text));
};
test.each([
  ['GBK bytes', "\\'bd\\'b9\\'d7\\'f7\\par", ['焦作']],
  ['numbers with a sign for old programs', '\\uc1\\u28966?\\u20316?\\par', ['焦作']],
  ['numbers with two', "\\uc2\\u28966\\'bd\\'b9\\u20316\\'d7\\'f7\\par", ['焦作']],
  ['a negative number', '\\u-28634?\\par', [String.fromCharCode(65_536 - 28_634)]],
  ['a sign of two numbers, and a lone half of one', '\\u-10179?\\u-8704?a\\u-10179?\\par', ['😀a']],
  ['braces and backslashes', '\\{a\\\\b\\}\\par', ['{a\\b}']],
  ['a picture and its file, left out', '{\\pict\\pngblip 89504e47}{\\*\\generator x;}a\\par', ['a']],
  ['a text box', '{\\shp{\\*\\shpinst{\\shptxt b\\par}}}a\\par', ['b', 'a']],
  ['deleted text', '{\\deleted a}b\\par', ['b']],
  ['text without an end', 'a', ['a']],
  [
    'a merge downwards',
    '\\trowd\\clvmgf\\cellx100\\cellx200\\intbl a\\cell b\\cell\\row\\trowd\\clvmrg\\cellx100\\cellx200\\intbl \\cell c\\cell\\row',
    [['1.1+2×1 a', '1.2 b', '2.2 c']],
  ],
  [
    'a merge to the left',
    '\\trowd\\clmgf\\cellx100\\clmrg\\cellx200\\intbl a\\cell\\cell\\row\\trowd\\cellx100\\cellx200\\intbl b\\cell c\\cell\\row',
    [['1.1+1×2 a', '2.1 b', '2.2 c']],
  ],
])('Rich Text: %s', async (_, inside, expected) => {
  expect(await rtf(inside)).toEqual(expected);
});

test('the pieces of an edited file come in the order of the text, one or two bytes a sign', () => {
  const text = Buffer.concat([Buffer.from('工匠', 'utf16le'), Buffer.from('2018', 'latin1')]);
  const plc = Buffer.alloc(5 + 12 + 16);
  plc[0] = 2;
  plc.writeUInt32LE(28, 1);
  for (const [index, place] of [0, 4, 6].entries()) plc.writeUInt32LE(place, 5 + index * 4);
  plc.writeUInt32LE(0x40000000 + 4 * 2, 5 + 12 + 2); // narrow: the byte offset is doubled
  plc.writeUInt32LE(0, 5 + 12 + 8 + 2);
  const pieces = readPieces({ text, table: plc, pieces: { at: 0, length: plc.length } });
  expect(textOf(text, pieces)).toBe('2018工匠');
});

test('a list of properties that breaks off keeps what came whole', () => {
  const list = Buffer.from('162401' + '496607000000' + '08d6ff', 'hex');
  expect(propertiesIn(list).map(({ code }) => code.toString(16))).toEqual(['2416', '6649']);
});

test('a file of Word 95 is not read as if it were a later one', async () => {
  const word = Buffer.alloc(4_096);
  word.writeUInt16LE(0xa5dc, 0);
  word.writeUInt16LE(0x68, 2);
  expect(
    refusal(await readHere({ name: '旧.doc', bytes: ole({ WordDocument: word, '1Table': Buffer.alloc(4_096) }) })),
  ).toBe('doc unsupported');
});
