import { expect, test } from '@jest/globals';
import ExcelJS from 'exceljs';
import mammoth from 'mammoth';
import { dressedKit } from '../../fixtures/make/dressed/kit.ts';
import { type KitLook, kit } from '../../fixtures/make/kit.ts';
import { everybody } from '../../fixtures/make/people.ts';
import { readForms } from '../../src/forms/read-forms.ts';
import { notice } from '../support/notice.ts';
import { documentOf } from './seen.ts';

const looks: [string, KitLook][] = [
  ['附件 in Excel', { lists: 'xlsx' }],
  ['附件 in Word, scores instead of counts', { lists: 'docx', performance: 'scores' }],
  ['columns of their own, dates as dates', { lists: 'xlsx', listStyle: 'own' }],
];
const cases = looks.flatMap(([look, how]) => everybody.slice(0, 4).map((one) => [look, one.name, how, one] as const));

/** The office files of a kit, bare and as an office saves them. */
async function pairs(of: (typeof cases)[number]) {
  const bare = await kit(of[3], of[2]);
  const dressed = await dressedKit(bare);
  const kinds = ['form', 'innovations', 'patents', 'performance'] as const;
  return kinds.map((kind) => ({ name: bare[kind].name, bare: bare[kind].bytes, dressed: dressed[kind].bytes }));
}

/** What an afternoon's script sees: the text of Word, the cells of Excel; a merge shows its head in all its cells. */
async function byOthers(name: string, bytes: Buffer): Promise<string> {
  if (name.endsWith('.docx')) return (await mammoth.extractRawText({ buffer: bytes })).value;
  const book = new ExcelJS.Workbook();
  await book.xlsx.load(bytes as unknown as ExcelJS.Buffer);
  const cells: string[] = [];
  book.eachSheet((sheet) =>
    sheet.eachRow((row) =>
      row.eachCell((cell) => {
        if (cell.master === cell && cell.text) cells.push(`${sheet.name}!${cell.address} ${cell.text}`);
      }),
    ),
  );
  return cells.join('\n');
}

test.each(cases)('%s, %s: an office file says what the bare one says, to us and to others', async (...of) => {
  for (const { name, bare, dressed } of await pairs(of)) {
    const [ours, before] = [await documentOf(name, dressed), await documentOf(name, bare)];
    expect(ours).toEqual(before);
    expect(readForms(ours, notice)).toEqual(readForms(before, notice));
    expect(readForms(ours, notice)).toHaveLength(1);
    expect(await byOthers(name, dressed)).toBe(await byOthers(name, bare));
    expect(dressed.length).toBeGreaterThan(bare.length);
  }
});
