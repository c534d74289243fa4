import { writeFile } from 'node:fs/promises';
import type { Fill, Workbook, Worksheet } from 'exceljs';
import { officeIso } from '../clock.ts';
import type { OfficeFacts } from './facts.ts';
import { plain } from './plain.ts';
import { aboutSheet } from './workbook/about.ts';
import { applicationsSheet, findingsSheet } from './workbook/applications.ts';
import { lettersSheet, messagesSheet } from './workbook/ledger.ts';
import type { Cell, Sheet } from './workbook/sheet.ts';

/**
 * Writes the ledger as the workbook that the office used to keep by hand: 申报件, 问题, 邮件台账, 回函, 说明.
 *
 * @param file where to write it; only its owner may read it (names of people)
 * @throws the file system's error when it cannot be written
 */
export async function writeLedgerWorkbook(facts: OfficeFacts, file: string): Promise<void> {
  const { default: exceljs } = await import('exceljs'); // half a second to load, and only this wants it
  const book = new exceljs.Workbook();
  book.created = facts.now;
  for (const make of [applicationsSheet, findingsSheet, messagesSheet, lettersSheet, aboutSheet])
    addSheet(book, make(facts), facts.rehearsal);
  await writeFile(file, Buffer.from(await book.xlsx.writeBuffer()), { mode: 0o600 });
}

const a4 = 9;

function addSheet(book: Workbook, { name, columns, rows }: Sheet, rehearsal: boolean): void {
  const sheet = book.addWorksheet(name, {
    views: [{ state: 'frozen', ySplit: 1 }],
    pageSetup: {
      paperSize: a4,
      orientation: 'landscape',
      fitToPage: true,
      fitToWidth: 1,
      fitToHeight: 0,
      printTitlesRow: '1:1',
    },
    headerFooter: { oddHeader: rehearsal ? `&C演练　${name}` : `&C${name}`, oddFooter: '&C第 &P 页，共 &N 页' },
  });
  sheet.columns = columns.map(({ head, width }) => ({ header: head, width }));
  for (const row of rows) sheet.addRow(row.map(cellValue));
  sheet.autoFilter = { from: { row: 1, column: 1 }, to: { row: rows.length + 1, column: columns.length } };
  paint(sheet);
}

const longestText = 2000;

/** Text stays text: as a string it is never a formula, whatever sign it begins with. Instants become the office's wall time. */
function cellValue(cell: Cell): string | number | Date | null {
  if (typeof cell === 'string') return plain(cell, longestText);
  if (cell instanceof Date) return new Date(`${officeIso(cell).slice(0, 19)}Z`);
  return cell !== null && typeof cell === 'object' ? cell.hash : cell;
}

/** Format `@` keeps a stranger's `=1+1` text also after somebody has put the cursor into the cell and pressed Enter. */
function paint(sheet: Worksheet): void {
  sheet.eachRow((row, index) => {
    row.alignment = { vertical: 'top', horizontal: 'left', wrapText: true };
    row.eachCell((cell) => {
      if (cell.value instanceof Date) cell.numFmt = 'yyyy-mm-dd hh:mm';
      else if (typeof cell.value === 'string') cell.numFmt = '@';
      if (index === 1) cell.style = { ...cell.style, font: { bold: true }, fill: headFill };
    });
  });
}

const headFill: Fill = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE5E7EB' } };
