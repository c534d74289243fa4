import type { WorkBook } from '@e965/xlsx';
import type { Document, EmbeddedPicture, Grid } from '../document.ts';
import { Unreadable } from '../unreadable.ts';
import { type PlacedPicture, sheetGrid } from './cells.ts';

const maxCellsAFile = 60_000;

/**
 * Every sheet of a workbook as a grid, in the order of its tabs; blank ones give none.
 * @param placed pictures of the sheet with this position, `[]` where the format does not say
 * @throws Unreadable `corrupt` when there is none, or when a listed sheet could not be read: the library leaves such a one out in silence
 */
export function gridsOf(
  book: WorkBook,
  placed: (position: number) => PlacedPicture[],
): { grids: Grid[]; cut: boolean } {
  if (book.SheetNames.length === 0) throw new Unreadable('corrupt', '工作簿里没有工作表');
  const is1904 = book.Workbook?.WBProps?.date1904 === true;
  const grids: Grid[] = [];
  let [room, cut] = [maxCellsAFile, false];
  for (const [position, name] of book.SheetNames.entries()) {
    const sheet = book.Sheets[name];
    if (!sheet) throw new Unreadable('corrupt', `工作表 ${position + 1} 读不出来`);
    const hidden = (book.Workbook?.Sheets?.[position]?.Hidden ?? 0) !== 0;
    const read = sheetGrid(sheet, { name, hidden, is1904 }, placed(position), room);
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
