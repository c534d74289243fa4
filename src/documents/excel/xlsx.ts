import type { Document, Grid } from '../document.ts';
import { type Album, openAlbum, placeOf } from '../office/media.ts';
import { mainPart, openPackage, type Package } from '../office/package.ts';
import { Unreadable } from '../unreadable.ts';
import { bookDocument, gridsOf, openBook, type Tab } from './book.ts';
import type { PlacedPicture } from './cells.ts';
import { readCellImages, readDrawing, relatedPart } from './drawings.ts';
import { plainBook } from './plain/book.ts';
import { repack } from './repack.ts';
import { readWorkbook, type Workbook } from './workbook.ts';

/**
 * Reads a .xlsx, .xlsm or .xlsb (also strict OOXML, and .et that is one inside).
 * @throws Unreadable `corrupt`, `encrypted`, `too_large`, `unsafe`
 */
export async function readXlsx(bytes: Buffer, album = openAlbum()): Promise<Document> {
  const office = await openPackage(bytes);
  const main = await mainPart(office);
  if (!main) throw new Unreadable('corrupt', '文件里没有工作簿');
  const workbook = await listed(office, main);
  const values = (workbook && (await plainBook(office, main, workbook))) ?? (await byLibrary(office, main));
  const tabs = workbook ? await tabsOf(office, main, workbook, album) : [];
  const { grids, cut } = gridsOf(values.book, tabs);
  await placeCellImages(office, main, grids, album);
  const pictures = await album.develop((index) => placeOf(grids, index));
  return bookDocument(grids, pictures, cut || values.cut || album.isCut());
}

/** A binary workbook (.xlsb) has no list that we could read. */
async function listed(office: Package, main: string): Promise<Workbook | null> {
  return main.toLowerCase().endsWith('.xml') ? readWorkbook(await office.read(main)) : null;
}

async function byLibrary(office: Package, main: string) {
  const { bytes, cut } = await repack(office, main);
  return { book: openBook(bytes), cut };
}

/** For each tab in order, the pictures its drawing anchors. */
async function tabsOf(office: Package, main: string, { sheets }: Workbook, album: Album): Promise<Tab[]> {
  const relations = new Map((await office.relations(main)).map((relation) => [relation.id, relation]));
  const tabs: Tab[] = [];
  for (const { relationId } of sheets) {
    const sheet = relations.get(relationId);
    const pictures = sheet && office.has(sheet.target) ? await anchoredIn(office, sheet.target, album) : [];
    tabs.push({ pictures, isSheet: sheet?.type === 'worksheet' });
  }
  return tabs;
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
