import { type CellObject, utils } from '@e965/xlsx';
import { expect, test } from '@jest/globals';
import iconv from 'iconv-lite';
import { noisyJpeg, ole } from '../../fixtures/documents/hostile.ts';
import { oldBook } from '../../fixtures/documents/sheets.ts';
import { pictureRecords } from '../../src/documents/excel/records.ts';
import { carve } from '../../src/documents/office/carve.ts';
import { cellOf, documentOf, gridOf, seen } from './seen.ts';

const list = utils.aoa_to_sheet([
  ['专利成果一览表'],
  ['专利号', '时间', '有效'],
  [1416000000101234, { t: 'n', v: 42979, z: 'yyyy"年"m"月"' } satisfies CellObject, true],
]);
list['!merges'] = [{ s: { r: 0, c: 0 }, e: { r: 0, c: 2 } }];

test.each([
  ['an .xls', '附件3.xls', 'biff8'],
  ['an .et of WPS', '附件3.et', 'biff8'],
  ['an .xlsb', '附件3.xlsb', 'xlsb'],
  ['the XML of Excel 2003 named .xls', '附件3.xls', 'xlml'],
] as const)('%s', async (_, name, bookType) => {
  expect(seen(gridOf(await documentOf(name, oldBook({ 附件3: list }, bookType)), '附件3'))).toEqual([
    '1.1+1×3 专利成果一览表',
    '2.1 专利号',
    '2.2 时间',
    '2.3 有效',
    '3.1 1416000000101234',
    '3.2 2017年9月',
    '3.3 是',
  ]);
});

/** The library writes no Chinese into Excel 95: letters are put in and overwritten, two for each sign. */
function excel95(codepageRecord: Buffer): Buffer {
  const letters = oldBook({ ABCDX: utils.aoa_to_sheet([['ZLHZLH']]) }, 'biff5').toString('latin1');
  const gbk = (text: string) => iconv.encode(text, 'gbk').toString('latin1');
  const chinese = letters.replaceAll('ZLHZLH', gbk('专利号')).replaceAll('ABCDX', gbk('附件3'));
  return Buffer.from(chinese.replace('\x42\0\x02\0\xe4\x04', codepageRecord.toString('latin1')), 'latin1');
}

test.each([
  ['says 936', Buffer.from('42000200a803', 'hex')],
  ['says nothing', Buffer.from('dc000200a803', 'hex')],
])('an .xls of Excel 95 that %s of its code page', async (_, codepage) => {
  const document = await documentOf('附件3.xls', excel95(codepage));
  expect(seen(gridOf(document, '附件3'))).toEqual(['1.1 专利号']);
});

test('a date of an old workbook is known as one', async () => {
  const document = await documentOf('附件3.xls', oldBook({ 附件3: list }));
  expect(cellOf(document, '附件3!B3')).toMatchObject({ value: 42979, date: '2017-09-01' });
});

/** BIFF records: type, then data of at most 8,224 bytes, what is left in CONTINUE records. */
function record(type: number, data: Buffer): Buffer {
  const pieces: Buffer[] = [];
  for (let at = 0; at === 0 || at < data.length; at += 8_224) {
    const piece = data.subarray(at, at + 8_224);
    const header = Buffer.alloc(4);
    header.writeUInt16LE(at === 0 ? type : 0x3c, 0);
    header.writeUInt16LE(piece.length, 2);
    pieces.push(header, piece);
  }
  return Buffer.concat(pieces);
}

test('a photo in an .xls is put together again from the records it was split over', async () => {
  const jpeg = await noisyJpeg();
  const book = Buffer.concat([
    record(0x809, Buffer.alloc(16)),
    record(0xeb, Buffer.concat([Buffer.alloc(30, 7), jpeg])),
    record(0x0a, Buffer.alloc(0)),
  ]);
  expect(jpeg.length).toBeGreaterThan(2 * 8_224);
  const [found] = carve(pictureRecords(book), '图片');
  expect(await found?.read()).toEqual(jpeg);
});

test('what only looks like a picture is left alone', () => {
  const noise = Buffer.concat([
    Buffer.from('\xff\xd8\xff\xe0\xff\xff', 'latin1'),
    Buffer.alloc(9_000),
    Buffer.from('\x89PNG\r\n\x1a\n\xff\xff\xff\xff', 'latin1'),
  ]);
  expect(carve(noise, '图片')).toEqual([]);
});

test('a workbook stream without a workbook in it is corrupt', async () => {
  await expect(documentOf('附件3.xls', ole({ Workbook: Buffer.alloc(8_192, 1) }))).rejects.toThrow('corrupt');
});
