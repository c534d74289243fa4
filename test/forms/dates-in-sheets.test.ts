import { utils } from '@e965/xlsx';
import { expect, test } from '@jest/globals';
import type { CellValue } from 'exceljs';
import { oldBook, xlsx } from '../../fixtures/documents/sheets.ts';
import { readForms } from '../../src/forms/read-forms.ts';
import { dateOf, isClippedMonth, type PartialDate } from '../../src/forms/values/date.ts';
import { documentOf } from '../documents/seen.ts';
import { notice } from '../support/notice.ts';

const head = ['序号', '成果名称', '奖励级别', '授奖部门', '获奖时间'];
const date = (year: number, month: number | null = null, day: number | null = null): PartialDate => ({
  year,
  month,
  day,
});

/** The date of the only award in a workbook's 附件2, and what the cell shows. */
async function dateIn(name: string, bytes: Buffer) {
  const [form] = readForms(await documentOf(name, bytes), notice);
  const cell = form?.tables[0]?.rows[0]?.cells.date;
  if (!cell) throw new Error('no date was found');
  return { text: cell.text, date: dateOf(cell), clipped: isClippedMonth(cell), location: cell.location };
}

const inXlsx = async (value: CellValue, format?: string, is1904 = false) =>
  dateIn(
    '附件2.xlsx',
    await xlsx({
      附件2: (sheet, book) => {
        book.properties.date1904 = is1904;
        sheet.addRow(['获市级以上奖励的技术创新成果一览表']);
        sheet.addRow(head);
        sheet.addRow([1, '液压支架快速拆装法', '市级', '焦作市人民政府', value]);
        if (format) sheet.getCell('E3').numFmt = format;
      },
    }),
  );

// Excel's day 1 is 1900-01-01 and it counts a 29 February 1900: 2018-07-05 is day 43286; counted from 1904, day 41824
test.each<[string, CellValue, string | undefined, boolean, PartialDate]>([
  ['a day, shown as 2018/7/5', 43286, 'yyyy/m/d', false, date(2018, 7, 5)],
  ['a day, shown as 2018年7月5日', 43286, 'yyyy"年"m"月"d"日"', false, date(2018, 7, 5)],
  ['a day, shown as 2018年7月: the day is nobody’s', 43286, 'yyyy"年"m"月"', false, date(2018, 7)],
  ['a day in the way of Excel’s own short date', 43286, 'mm-dd-yy', false, date(2018, 7, 5)],
  ['a day and an hour', 43286.75, 'yyyy/m/d h:mm', false, date(2018, 7, 5)],
  ['a day of a workbook that counts from 1904', 41824, 'yyyy/m/d', true, date(2018, 7, 5)],
  ['what a formula came to', { formula: 'DATE(2018,7,5)', result: 43286 }, 'yyyy/m/d', false, date(2018, 7, 5)],
  [
    'text that a formula put together',
    { formula: '"2018年"&"7月"', result: '2018年7月' },
    undefined,
    false,
    date(2018, 7),
  ],
  ['text 2018年7月', '2018年7月', undefined, false, date(2018, 7)],
  ['text 2018.7', '2018.7', undefined, false, date(2018, 7)],
  ['text 2018.10', '2018.10', undefined, false, date(2018, 10)],
  ['text 2018/7/5', '2018/7/5', undefined, false, date(2018, 7, 5)],
  ['text 2018-07-05', '2018-07-05', undefined, false, date(2018, 7, 5)],
  ['text 20180705', '20180705', undefined, false, date(2018, 7, 5)],
  ['the number 20180705', 20180705, undefined, false, date(2018, 7, 5)],
  ['the number 201807', 201807, undefined, false, date(2018, 7)],
  ['the number 2018', 2018, undefined, false, date(2018)],
  ['二〇一八年七月', '二〇一八年七月', undefined, false, date(2018, 7)],
  ['二○一八年七月五日', '二○一八年七月五日', undefined, false, date(2018, 7, 5)],
  ['二零一八年十月', '二零一八年十月', undefined, false, date(2018, 10)],
  [
    'rich text',
    { richText: [{ text: '2018年' }, { text: '7月', font: { bold: true } }] },
    undefined,
    false,
    date(2018, 7),
  ],
  ['the number 2007.2, which no month can have become', 2007.2, undefined, false, date(2007, 2)],
  ['the number 2007.11', 2007.11, undefined, false, date(2007, 11)],
])('.xlsx: %s', async (_, value, format, is1904, expected) => {
  expect(await inXlsx(value, format, is1904)).toMatchObject({ date: expected, clipped: false, location: '附件2!E3' });
});

test.each<[string, CellValue, string | undefined, PartialDate, boolean]>([
  ['the number 2007.1, which 2007.10 typed becomes as well', 2007.1, undefined, date(2007), true],
  ['the same, shown with two places', 2007.1, '0.00', date(2007, 10), false],
  ['the same, typed as text', '2007.1', undefined, date(2007, 1), false],
])('January or October: %s', async (_, value, format, expected, clipped) => {
  expect(await inXlsx(value, format)).toMatchObject({ date: expected, clipped });
});

test.each<[string, unknown, string | undefined, PartialDate, boolean]>([
  ['a day', 43286, 'yyyy/m/d', date(2018, 7, 5), false],
  ['a month', 43286, 'yyyy"年"m"月"', date(2018, 7), false],
  ['text', '二〇一八年七月', undefined, date(2018, 7), false],
  ['a number that may have lost its nought', 2007.1, undefined, date(2007), true],
])('.xls alike: %s', async (_, value, format, expected, clipped) => {
  const sheet = utils.aoa_to_sheet([
    ['获市级以上奖励的技术创新成果一览表'],
    head,
    [1, '拆装法', '市级', '市政府', value],
  ]);
  if (format) sheet.E3.z = format;
  expect(await dateIn('附件2.xls', oldBook({ 附件2: sheet }))).toMatchObject({ date: expected, clipped });
});
