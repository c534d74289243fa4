import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type HandParts, handXlsx, xlsx } from '../../fixtures/documents/sheets.ts';
import { dressedKit } from '../../fixtures/make/dressed/kit.ts';
import { type KitLook, kit } from '../../fixtures/make/kit.ts';
import { everybody } from '../../fixtures/make/people.ts';
import { gridsOf, openBook } from '../../src/documents/excel/book.ts';
import { plainBook } from '../../src/documents/excel/plain/book.ts';
import { repack } from '../../src/documents/excel/repack.ts';
import { readWorkbook } from '../../src/documents/excel/workbook.ts';
import { openPackage } from '../../src/documents/office/package.ts';

/** The same workbook by the library, which is the measure, and by the plain reader; null where it leaves it to the library. */
async function both(bytes: Buffer) {
  const office = await openPackage(bytes);
  const main = 'xl/workbook.xml';
  const plain = await plainBook(office, main, readWorkbook(await office.read(main)));
  const packed = await repack(office, main);
  const library = { ...gridsOf(openBook(packed.bytes)), bookCut: packed.cut };
  return { library, plain: plain && { ...gridsOf(plain.book), bookCut: plain.cut } };
}

const looks: KitLook[] = [
  { lists: 'xlsx' },
  { lists: 'xlsx', performance: 'scores' },
  { lists: 'xlsx', listStyle: 'own' },
];

test.each(looks)('the lists of four people, bare and as an office saves them: %j', async (look) => {
  for (const nominee of everybody.slice(0, 4)) {
    const bare = await kit(nominee, look);
    const dressed = await dressedKit(bare);
    for (const one of [bare, dressed].flatMap(({ innovations, patents, performance }) => [
      innovations,
      patents,
      performance,
    ])) {
      const { plain, library } = await both(one.bytes);
      expect(plain).toEqual(library);
    }
  }
});

const formats = [
  0,
  1,
  2,
  3,
  4,
  9,
  10,
  11,
  12,
  13,
  ...[14, 15, 16, 17, 18, 19, 20, 21, 22],
  ...[27, 28, 29, 30, 31, 32, 33],
];
const more = [36, 37, 38, 39, 40, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 57, 58];
const own = [
  'yyyy"年"m"月"',
  '"¥"#,##0.00',
  '[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy',
  'm/d/yy',
  '0.0%',
  '@',
  'yyyy.mm',
  'aaaa',
];
const ids = [...formats, ...more, ...own.map((_, n) => 164 + n)];
const styles =
  `<numFmts count="${own.length}">${own.map((code, n) => `<numFmt numFmtId="${164 + n}" formatCode="${code.replaceAll('"', '&quot;')}"/>`).join('')}</numFmts>` +
  `<cellStyleXfs count="1"><xf numFmtId="9"/></cellStyleXfs><cellXfs count="${ids.length}">${ids.map((id) => `<xf numFmtId="${id}"><alignment wrapText="1"/></xf>`).join('')}</cellXfs>`;
const strings = [
  '<si><t>一种液压支架</t></si>',
  '<si><t xml:space="preserve"> 一等奖\r\n（省级） </t><phoneticPr fontId="1"/></si>',
];
const rich = '<si><r><rPr><b/></rPr><t>甲</t></r><r><t>乙&amp;丙</t></r><rPh sb="0" eb="1"><t>jia</t></rPh></si>';
const letters = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const relation = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/${type}" Target="${target}"/>`;
const withStrings: Omit<HandParts, 'sheet'> = {
  styles,
  bookRelations: relation('rIdS', 'sharedStrings', 'sharedStrings.xml'),
  parts: {
    'xl/sharedStrings.xml': `<sst xmlns="${letters}" count="4">${strings.join('')}${rich}<si><t>第一行_x000D_</t></si></sst>`,
  },
};

const value = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((number) => ['n', `<v>${number}</v>`]),
  fc.integer({ min: -10, max: 60_000 }).map((number) => ['n', `<v>${number}</v>`]),
  fc.integer({ min: 0, max: 3 }).map((index) => ['s', `<v>${index}</v>`]),
  fc
    .constantFrom('一等奖', 'a&amp;b', ' 空 白 ', '', '第一行\n第二行')
    .map((words) => ['str', `<f>A1&amp;"x"</f><v>${words}</v>`]),
  fc.constantFrom('一等奖', 'a&lt;b').map((words) => ['inlineStr', `<is><t>${words}</t></is>`]),
  fc.constantFrom('0', '1').map((flag) => ['b', `<v>${flag}</v>`]),
  fc.constantFrom('#REF!', '#N/A').map((name) => ['e', `<v>${name}</v>`]),
  fc.constant(['', '']),
);
const cell = fc.record({
  value,
  column: fc.integer({ min: 1, max: 12 }),
  look: fc.integer({ min: 0, max: ids.length }),
});
const rows = fc.array(
  fc.record({
    cells: fc.uniqueArray(cell, { maxLength: 8, selector: ({ column }) => column }),
    isPlaced: fc.boolean(),
  }),
  { maxLength: 8 },
);

test('whatever stands in the cells of a sheet, in whatever format', async () => {
  await fc.assert(
    fc.asyncProperty(rows, fc.boolean(), async (drawn, is1904) => {
      const sheet = drawn
        .map(({ cells, isPlaced }, r) => {
          const own = cells.map(({ value: [type, inner], column, look }) => {
            const place = isPlaced ? ` r="${String.fromCharCode(64 + column)}${2 * r + 1}"` : '';
            return `<c${place} s="${look}"${type ? ` t="${type}"` : ''}>${inner}</c>`;
          });
          return `<row${isPlaced ? ` r="${2 * r + 1}"` : ''}>${own.join('')}</row>`;
        })
        .join('');
      const merges = '<mergeCells count="1"><mergeCell ref="B1:C3"/></mergeCells>';
      const { plain, library } = await both(
        await handXlsx({ ...withStrings, ...dated(is1904), sheet: `<sheetData>${sheet}</sheetData>${merges}` }),
      );
      expect(plain).toEqual(library);
    }),
    { numRuns: 300, seed: 2018 },
  );
}, 60_000);

function dated(is1904: boolean): Pick<HandParts, 'parts'> {
  const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const book = `<workbook xmlns="${letters}" xmlns:r="${office}"><workbookPr date1904="${is1904 ? 1 : 0}"/><sheets><sheet name="附件2" sheetId="1" state="hidden" r:id="rId1"/></sheets></workbook>`;
  return { parts: { ...withStrings.parts, 'xl/workbook.xml': book } };
}

test('prefixes, and the namespaces of strict OOXML, change nothing', async () => {
  const strict = 'http://purl.oclc.org/ooxml/spreadsheetml/main';
  const prefixed = `<x:worksheet xmlns:x="${strict}"><x:sheetData><x:row r="2"><x:c r="B2" t="inlineStr"><x:is><x:t>甲</x:t></x:is></x:c></x:row></x:sheetData></x:worksheet>`;
  const { plain, library } = await both(await handXlsx({ sheet: '', parts: { 'xl/worksheets/first.xml': prefixed } }));
  expect(plain).toEqual(library);
  expect(plain?.grids[0]?.cells).toMatchObject([{ text: '甲', row: 2, column: 2 }]);
});

const one = (inner: string) => `<sheetData><row r="1">${inner}</row></sheetData>`;
test.each<[string, HandParts]>([
  [
    'a format that neither the file nor the standard explains',
    {
      sheet: one('<c r="A1" s="1"><v>5</v></c>'),
      styles: '<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="7"/></cellXfs>',
    },
  ],
  ['a date written as ISO 8601', { sheet: one('<c r="A1" t="d"><v>2017-09-01</v></c>') }],
  ['a cell whose place is written unusually', { sheet: one('<c r="b1"><v>1</v></c>') }],
  ['a row that says no place', { sheet: '<sheetData><row r="x"><c><v>1</v></c></row></sheetData>' }],
  ['a merge of no cells', { sheet: `${one('<c r="A1"><v>1</v></c>')}<mergeCells><mergeCell ref="A:B"/></mergeCells>` }],
  ['a number that is none', { sheet: one('<c r="A1"><v>x</v></c>') }],
  ['a sheet that is not well-formed', { sheet: one('<c r="A1"><v>1</v></d>') }],
])('%s is left to the library', async (_, parts) => {
  expect((await both(await handXlsx(parts))).plain).toBeNull();
});

test('an ordinary book of Excel is not left to the library', async () => {
  const bytes = await xlsx({ 附件2: (sheet) => sheet.addRow(['序号', 1, new Date(Date.UTC(2017, 8, 1))]) });
  const { plain, library } = await both(bytes);
  expect(plain).toEqual(library);
  expect(plain?.grids[0]?.cells).toHaveLength(3);
});
