import { read, type WorkBook } from '@e965/xlsx';
import type { Document, EmbeddedPicture, Grid } from '../document.ts';
import { corrupt, Unreadable } from '../unreadable.ts';
import { type PlacedPicture, sheetGrid } from './cells.ts';
import { shortDate } from './dates.ts';

const maxCellsAFile = 60_000;
/** Formulas are never read: one that was never computed would come out as 0. */
const wanted = { type: 'buffer', cellNF: true, cellFormula: false, cellHTML: false, dateNF: shortDate } as const;

/**
 * Opens any workbook the library knows.
 * @param codepage for old files that do not say theirs
 * @throws Unreadable `corrupt`
 */
export function openBook(bytes: Buffer, codepage?: number): WorkBook {
  try {
    return read(bytes, codepage ? { ...wanted, codepage } : wanted);
  } catch (error) {
    throw corrupt('工作簿读不出来', error);
  }
}

/** What of a workbook is looked at, in the library's shape. */
export type Book = Pick<WorkBook, 'SheetNames' | 'Sheets'> & {
  Workbook?: { WBProps?: { date1904?: boolean }; Sheets?: { Hidden?: 0 | 1 | 2 }[] };
};

/** A tab of a workbook: the pictures on it, and whether it must have cells (a tab may be a chart). */
export type Tab = { pictures: PlacedPicture[]; isSheet: boolean };

/**
 * Every sheet of a workbook as a grid, in the order of its tabs; blank ones give none.
 * @param tabs what is known of each tab beside its cells, by position
 * @throws Unreadable `corrupt` when there is no tab, or a sheet could not be read: the library leaves it out in silence
 */
export function gridsOf(book: Book, tabs: Tab[] = []): { grids: Grid[]; cut: boolean } {
  if (book.SheetNames.length === 0) throw new Unreadable('corrupt', '工作簿里没有工作表');
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  const grids: Grid[] = [];
  let [room, cut] = [maxCellsAFile, false];
  for (const [position, name] of book.SheetNames.entries()) {
    const [sheet, tab] = [book.Sheets[name], tabs[position]];
    if (!sheet && tab?.isSheet) throw new Unreadable('corrupt', `第${position + 1}张工作表读不出来`);
    if (!sheet) continue;
    const hidden = (book.Workbook?.Sheets?.[position]?.Hidden ?? 0) !== 0;
    const read = sheetGrid(sheet, { name, hidden, is1904 }, tab?.pictures ?? [], room);
    cut ||= read.cut;
    room -= read.grid.cells.length;
    if (read.grid.cells.length > 0) grids.push(read.grid);
  }
  return { grids, cut };
}

/** A workbook as a document: no pages, no scan. */
export function bookDocument(grids: Grid[], pictures: EmbeddedPicture[], cut: boolean): Document {
  return { blocks: grids, pictures, page: null, pages: null, scan: false, cut };
}
