import { expect, test } from '@jest/globals';
import type { Worksheet } from 'exceljs';
import { noisyJpeg } from '../../fixtures/documents/hostile.ts';
import { handXlsx, xlsx } from '../../fixtures/documents/sheets.ts';
import { readHere } from '../../src/documents/read-here.ts';
import { cellOf, documentOf, gridOf, gridsIn, pictureIn, refusal, seen } from './seen.ts';

const read = async (fill: (sheet: Worksheet) => void) => documentOf('一览表.xlsx', await xlsx({ 附件2: fill }));
const only = async (fill: (sheet: Worksheet) => void) => cellOf(await read(fill), '附件2!B2');
const set = (value: unknown, format?: string) => (sheet: Worksheet) => {
  const cell = sheet.getCell('B2');
  cell.value = value as string;
  if (format) cell.numFmt = format;
};
const day = new Date(Date.UTC(2017, 8, 1));

test('a list is a grid: a merge stands once, and a location bears the real name of the sheet', async () => {
  const document = await read((sheet) => {
    sheet.mergeCells('A1:C1');
    sheet.getCell('A1').value = '技术创新成果一览表';
    sheet.addRow(['序号', '名称', '时间']);
    sheet.addRow([1, '一种液压支架', '2017年9月']);
  });
  expect(seen(gridOf(document, '附件2'))).toEqual([
    '1.1+1×3 技术创新成果一览表',
    '2.1 序号',
    '2.2 名称',
    '2.3 时间',
    '3.1 1',
    '3.2 一种液压支架',
    '3.3 2017年9月',
  ]);
  expect(cellOf(document, '附件2!B3')).toMatchObject({ text: '一种液压支架', row: 3, column: 2 });
});

test.each<[string, unknown, string | undefined, object]>([
  ['a certificate number', 1416000000101234, undefined, { text: '1416000000101234', value: 1416000000101234 }],
  [
    'an ID number typed as a number, which Excel has cut',
    410890199001011000,
    undefined,
    { text: '410890199001011000' },
  ],
  ['the same in a format of powers', 1416000000101234, '0.00E+00', { text: '1416000000101234' }],
  ['a very small number', 0.00000025, undefined, { text: '0.00000025' }],
  ['a phone', 13900000001, undefined, { text: '13900000001' }],
  ['a sum with its noise', 0.1 + 0.2, undefined, { text: '0.3', value: 0.30000000000000004 }],
  ['money', 1234.5, '"¥"#,##0.00', { text: '¥1,234.50', value: 1234.5 }],
  ['a percentage', 0.125, '0.0%', { text: '12.5%' }],
  [
    'an ID number typed as text',
    '410890199001011237',
    undefined,
    { text: '410890199001011237', value: '410890199001011237' },
  ],
  ['yes', true, undefined, { text: '是', value: true }],
  ['no', false, undefined, { text: '否', value: false }],
  [
    'rich text',
    { richText: [{ text: '一种' }, { text: '液压支架', font: { bold: true } }] },
    undefined,
    { text: '一种液压支架' },
  ],
  ['lines in a cell', '一等奖\r\n（省级）', undefined, { text: '一等奖\n（省级）' }],
  ['a formula with its result', { formula: 'A1&"奖"', result: '一等奖' }, undefined, { text: '一等奖' }],
  [
    'a formula that failed',
    { formula: '#REF!', result: { error: '#REF!' } },
    undefined,
    { text: '#REF!', value: '#REF!' },
  ],
  ['a date', day, 'yyyy-mm-dd', { text: '2017-09-01', value: 42979, date: '2017-09-01' }],
  ['a month', day, 'yyyy"年"m"月"', { text: '2017年9月', date: '2017-09-01' }],
  ['the short date of Windows', day, 'mm-dd-yy', { text: '2017/9/1', date: '2017-09-01' }],
  [
    'the long date of Windows',
    day,
    '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
    { text: '2017年9月1日', date: '2017-09-01' },
  ],
  ['a time of day', 0.5, 'h:mm', { text: '12:00', date: null }],
  ['a number that only looks like a date', 201709, undefined, { text: '201709', date: null }],
])('%s', async (_, value, format, expected) => {
  expect(await only(set(value, format))).toMatchObject(expected);
});

test.each([
  [57, '2017年9月'],
  [31, '2017年9月1日'],
  [58, '9月1日'],
])('format %d, which Chinese Excel names by its number alone', async (id, text) => {
  const styles = `<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="${id}"/></cellXfs>`;
  const bytes = await handXlsx({
    styles,
    sheet: '<sheetData><row r="2"><c r="B2" s="1"><v>42979</v></c></row></sheetData>',
  });
  expect(cellOf(await documentOf('a.xlsx', bytes), '附件2!B2')).toMatchObject({ text, date: '2017-09-01' });
});

test('a formula that was never computed is blank, not nought', async () => {
  const sheet = '<sheetData><row r="1"><c r="A1"><f>B1*2</f></c><c r="B1"><v>4</v></c></row></sheetData>';
  expect(seen(gridOf(await documentOf('a.xlsx', await handXlsx({ sheet })), '附件2'))).toEqual(['1.2 4']);
});

test('sheets come in the order of their tabs, hidden ones marked, blank ones not at all', async () => {
  const fill = (sheet: Worksheet) => sheet.addRow(['x']);
  const bytes = await xlsx({
    附件4: fill,
    空: () => {},
    附件2: (sheet) => {
      fill(sheet);
      sheet.state = 'hidden';
    },
  });
  expect(gridsIn(await documentOf('a.xlsx', bytes)).map((grid) => [grid.name, grid.hidden])).toEqual([
    ['附件4', false],
    ['附件2', true],
  ]);
});

test('a tab that is a chart shifts no sheet', async () => {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const bytes = await handXlsx({
    sheet: '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>',
    bookRelations: `<Relationship Id="rId7" Type="${office}/chartsheet" Target="chartsheets/sheet1.xml"/>`,
    parts: {
      'xl/workbook.xml': `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${office}"><sheets><sheet name="图" sheetId="2" r:id="rId7"/><sheet name="表" sheetId="1" r:id="rId1"/></sheets></workbook>`,
      'xl/chartsheets/sheet1.xml': '<chartsheet/>',
    },
  });
  expect(gridsIn(await documentOf('a.xlsx', bytes)).map((grid) => [grid.name, seen(grid)])).toEqual([
    ['表', ['1.1 1']],
  ]);
});

test('a sheet that cannot be read is not left out in silence', async () => {
  const bytes = await handXlsx({ sheet: '<sheetData><row r="1"><c r="A1" t="s"><v>7</v></c></row></sheetData>' });
  expect(refusal(await readHere({ name: 'a.xlsx', bytes }))).toBe('xlsx corrupt');
});

test('a photo lies in the cell of its middle, also when it begins a little outside', async () => {
  const jpeg = await noisyJpeg();
  const bytes = await xlsx({
    附件4: (sheet, book) => {
      sheet.mergeCells('F2:G5');
      sheet.getCell('A1').value = '姓名';
      const id = book.addImage({ buffer: jpeg as never, extension: 'jpeg' });
      sheet.addImage(id, { tl: { col: 4.9, row: 0.9 }, br: { col: 6.9, row: 4.9 } } as never);
    },
  });
  const document = await documentOf('量化表.xlsx', bytes);
  const cell = cellOf(document, '附件4!F2');
  expect(cell).toMatchObject({ rowSpan: 4, columnSpan: 2, text: '' });
  expect(pictureIn(document, cell)).toMatchObject({ location: '附件4!F2', width: 413, height: 579 });
});

test('a picture that WPS keeps inside a cell takes the place of its formula', async () => {
  const formula = '=DISPIMG("ID_7F",1)';
  const bytes = await handXlsx({
    sheet: `<sheetData><row r="2"><c r="C2" t="str"><f>_xlfn.DISPIMG("ID_7F",1)</f><v>${formula.replaceAll('"', '&quot;')}</v></c></row></sheetData>`,
    bookRelations:
      '<Relationship Id="rId9" Type="http://www.wps.cn/officeDocument/2020/cellImage" Target="cellimages.xml"/>',
    parts: {
      'xl/cellimages.xml':
        '<etc:cellImages xmlns:etc="e" xmlns:xdr="x" xmlns:a="a" xmlns:r="r"><etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_7F"/></xdr:nvPicPr><xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>',
      'xl/_rels/cellimages.xml.rels':
        '<Relationships><Relationship Id="rId1" Type="x/image" Target="media/image1.jpeg"/></Relationships>',
      'xl/media/image1.jpeg': await noisyJpeg(),
    },
  });
  const document = await documentOf('量化表.xlsx', bytes);
  expect(cellOf(document, '附件2!C2')).toMatchObject({ text: '', value: null, pictures: [0] });
  expect(document.pictures).toMatchObject([{ name: 'image1.jpeg', location: '附件2!C2', width: 413 }]);
});

test('a value left below the head of a merge is not seen by anyone, nor here', async () => {
  const sheet =
    '<sheetData><row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row></sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>';
  expect(seen(gridOf(await documentOf('a.xlsx', await handXlsx({ sheet })), '附件2'))).toEqual(['1.1+1×2 1']);
});

test('a merge over the whole sheet hides nothing', async () => {
  const sheet =
    '<sheetData><row r="3"><c r="C3"><v>7</v></c></row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>';
  expect(seen(gridOf(await documentOf('a.xlsx', await handXlsx({ sheet })), '附件2'))).toEqual(['3.3 7']);
});

test('20,000 cells of a sheet are read, the rest is cut', async () => {
  const rows = (count: number) =>
    Array.from({ length: count }, (_, at) => `<row r="${at + 1}">${'<c><v>1</v></c>'.repeat(10)}</row>`).join('');
  const read = async (count: number) =>
    documentOf('a.xlsx', await handXlsx({ sheet: `<sheetData>${rows(count)}</sheetData>` }));
  const [whole, long] = [await read(2_000), await read(2_001)];
  expect([whole.cut, long.cut]).toEqual([false, true]);
  expect(gridOf(long, '附件2').cells).toHaveLength(20_000);
});

test('a sheet formatted far down is read to its last value, and is not called cut', async () => {
  const empty = Array.from({ length: 70_000 }, (_, at) => `<row r="${at + 2}"><c r="A${at + 2}" s="0"/></row>`).join(
    '',
  );
  const sheet = (last: string) =>
    `<sheetData><row r="1"><c r="A1"><v>1</v></c></row>${empty}${last}</sheetData><mergeCells><mergeCell ref="A1:B1"/></mergeCells>`;
  const read = async (last: string) => documentOf('a.xlsx', await handXlsx({ sheet: sheet(last) }));
  const [blank, valued] = [await read(''), await read('<row r="90000"><c r="A90000"><v>2</v></c></row>')];
  expect([blank.cut, valued.cut]).toEqual([false, true]);
  expect(seen(gridOf(blank, '附件2'))).toEqual(['1.1+1×2 1']);
});
