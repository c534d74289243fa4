import { read, type WorkBook } from '@e965/xlsx';
import type { Document, Grid } from '../document.ts';
import { openAlbum, placeOf } from '../office/media.ts';
import { mainPart, openPackage, type Package } from '../office/package.ts';
import { corrupt, Unreadable } from '../unreadable.ts';
import { bookDocument, gridsOf } from './book.ts';
import type { PlacedPicture } from './cells.ts';
import { shortDate } from './dates.ts';
import { readCellImages, readDrawing, relatedPart } from './drawings.ts';
import { repack } from './repack.ts';
import { listSheets } from './workbook.ts';

type Album = ReturnType<typeof openAlbum>;

/** Formulas are never read: a formula that was never computed would come out as 0. */
const wanted = { type: 'buffer', cellNF: true, cellFormula: false, cellHTML: false, dateNF: shortDate } as const;

/**
 * Reads a .xlsx, .xlsm or .xlsb (also strict OOXML, and .et that is one inside).
 * @throws Unreadable `corrupt`, `encrypted`, `too_large`, `unsafe`
 */
export async function readXlsx(bytes: Buffer): Promise<Document> {
  const office = await openPackage(bytes);
  const main = (await mainPart(office))?.name;
  if (!main) throw new Unreadable('corrupt', '文件里没有工作簿');
  const values = await repack(office, main);
  const album = openAlbum();
  const sheets = await sheetPictures(office, main, album);
  const { grids, cut } = gridsOf(openBook(values.bytes), (position) => sheets[position] ?? []);
  await placeCellImages(office, main, grids, album);
  const pictures = await album.develop((index) => placeOf(grids, index));
  return bookDocument(grids, pictures, cut || values.cut || album.isCut());
}

/**
 * Opens any workbook the library knows.
 * @throws Unreadable `corrupt`
 */
export function openBook(bytes: Buffer, codepage?: number): WorkBook {
  try {
    return read(bytes, codepage ? { ...wanted, codepage } : wanted);
  } catch (error) {
    throw corrupt('工作簿读不出来', error);
  }
}

/** For each sheet in order, the pictures its drawing anchors. */
async function sheetPictures(office: Package, main: string, album: Album): Promise<PlacedPicture[][]> {
  if (!main.toLowerCase().endsWith('.xml')) return [];
  const relations = new Map((await office.relations(main)).map((relation) => [relation.id, relation.target]));
  const sheets: PlacedPicture[][] = [];
  for (const { relationId } of listSheets(await office.read(main))) {
    const part = relations.get(relationId);
    sheets.push(part && office.has(part) ? await anchoredIn(office, part, album) : []);
  }
  return sheets;
}

async function anchoredIn(office: Package, sheet: string, album: Album): Promise<PlacedPicture[]> {
  const drawing = await relatedPart(office, sheet, /^drawing$/);
  if (!drawing) return [];
  const indexOf = await pictureIndex(office, drawing, album);
  return readDrawing(await office.read(drawing)).flatMap(({ row, column, relationId }) => {
    const index = indexOf(relationId);
    return index === null ? [] : [{ row, column, index }];
  });
}

/** From the relation ids of one part to indexes of the album. */
async function pictureIndex(office: Package, part: string, album: Album): Promise<(id: string) => number | null> {
  const relations = new Map((await office.relations(part)).map((relation) => [relation.id, relation.target]));
  return (id) => {
    const target = relations.get(id);
    if (!target || !office.has(target)) return null;
    return album.add({ name: target, bytes: office.size(target), read: () => office.read(target) });
  };
}

/** WPS shows a picture inside a cell by a formula whose text is all that other programs see. */
async function placeCellImages(office: Package, main: string, grids: Grid[], album: Album): Promise<void> {
  const part = await relatedPart(office, main, /^cellimages?$/i);
  if (!part) return;
  const images = readCellImages(await office.read(part));
  const indexOf = await pictureIndex(office, part, album);
  for (const cell of grids.flatMap((grid) => grid.cells)) {
    const id = /^=?(?:_xlfn\.)?DISPIMG\("([^"]+)"/i.exec(cell.text)?.[1];
    const relationId = id === undefined ? undefined : images.get(id);
    const index = relationId === undefined ? null : indexOf(relationId);
    if (index !== null) Object.assign(cell, { text: '', value: null, pictures: [...cell.pictures, index] });
  }
}
