import { set_cptable } from '@e965/xlsx';
import * as codepages from '@e965/xlsx/dist/cpexcel.full.mjs';
import type { Document } from '../document.ts';
import { carve } from '../office/carve.ts';
import { openAlbum } from '../office/media.ts';
import { openOle } from '../office/ole.ts';
import { bookDocument, gridsOf, openBook } from './book.ts';
import { pictureRecords } from './records.ts';

/** What a Chinese Excel before 97 writes when it does not say. */
const chinese = 936;

set_cptable(codepages);

/**
 * Reads a .xls or .et. Pictures are found by their signature; where they lie in the sheet is not read.
 * @throws Unreadable `corrupt`
 */
export async function readXls(bytes: Buffer, album = openAlbum()): Promise<Document> {
  const { grids, cut } = gridsOf(openBook(bytes, chinese));
  const streams = openOle(bytes);
  const book = streams.get('Workbook') ?? streams.get('Book');
  for (const picture of book ? carve(pictureRecords(book), '图片') : []) album.add(picture);
  for (const picture of carve(streams.get('ETCellImageData') ?? Buffer.alloc(0), '单元格图片')) album.add(picture);
  for (const cell of grids.flatMap((grid) => grid.cells))
    if (/^=?(?:_xlfn\.)?DISPIMG\(/i.test(cell.text)) Object.assign(cell, { text: '', value: null });
  return bookDocument(grids, await album.develop(() => ''), cut || album.isCut());
}
