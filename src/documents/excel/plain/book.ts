import type { Package, Relation } from '../../office/package.ts';
import { once } from '../../once.ts';
import { Unreadable } from '../../unreadable.ts';
import type { Book } from '../book.ts';
import { cutRows } from '../rows.ts';
import type { Workbook } from '../workbook.ts';
import type { Around } from './cell.ts';
import { numberFormats } from './formats.ts';
import { plainSheet } from './sheet.ts';
import { sharedStrings } from './strings.ts';
import { Unusual } from './unusual.ts';

/**
 * Reads the values of an .xlsx without the library, which would also read every font, fill and border, ten times what
 * a list says (docs/decisions/0023). Whatever is not the plain kind is left to it: XML that is not well-formed, sheets
 * that no relation leads to, formats and kinds of cells that hardly anybody uses.
 *
 * @returns null when the library is to read the workbook
 * @throws Unreadable `unsafe`, `too_large`
 */
export async function plainBook(
  office: Package,
  main: string,
  workbook: Workbook,
): Promise<{ book: Book; cut: boolean } | null> {
  try {
    return await readBook(office, await office.relations(main), workbook);
  } catch (error) {
    if (error instanceof Unusual || (error instanceof Unreadable && error.reason === 'corrupt')) return null;
    throw error;
  }
}

async function readBook(office: Package, relations: Relation[], { sheets, is1904 }: Workbook) {
  if (sheets.length === 0 || new Set(sheets.map(({ name }) => name)).size < sheets.length) throw new Unusual('tabs');
  const around = await aroundCells(office, relations, is1904);
  const tabs = sheets.map(({ hidden }) => ({ Hidden: hidden ? 1 : 0 }) as const);
  const book: Book = { SheetNames: [], Sheets: {}, Workbook: { WBProps: { date1904: is1904 }, Sheets: tabs } };
  let cut = false;
  for (const { name, relationId } of sheets) {
    const relation = relations.find(({ id }) => id === relationId);
    book.SheetNames.push(name);
    if (relation && isChart(relation)) continue;
    const rows = cutRows(await worksheet(office, relation));
    cut ||= rows.cut;
    book.Sheets[name] = plainSheet(rows.bytes, around);
  }
  return { book, cut };
}

const isChart = ({ type }: Relation) => type === 'chartsheet' || type === 'dialogsheet';

async function worksheet(office: Package, relation: Relation | undefined): Promise<Buffer> {
  if (relation?.type !== 'worksheet' || !office.has(relation.target)) throw new Unusual('a tab without its sheet');
  return office.read(relation.target);
}

/** Strings and formats are read by the first cell that needs them; their parts are judged in any case. */
async function aroundCells(office: Package, relations: Relation[], is1904: boolean): Promise<Around> {
  const partOf = async (type: string) => {
    const target = relations.find((relation) => relation.type === type && office.has(relation.target))?.target;
    return target === undefined ? null : office.read(target);
  };
  const [strings, styles] = [await partOf('sharedStrings'), await partOf('styles')];
  return {
    strings: once(() => (strings ? sharedStrings(strings) : [])),
    formatOf: once(() => numberFormats(styles)),
    is1904,
  };
}
