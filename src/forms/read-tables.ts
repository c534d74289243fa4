import type { Cell, Grid } from '../documents/document.ts';
import type { ColumnDefinition, FormDefinition, TableDefinition } from '../notice/form-schema.ts';
import type { ValueWords } from '../notice/words.ts';
import { squeeze } from '../text/squeeze.ts';
import { declaresNone, isBlank, isNone, withoutPlaceholders } from './blank.ts';
import type { Row, Table, Value } from './form.ts';
import { type GridWalk, locationOf, walk } from './grid.ts';
import { findHead, type Head } from './table-head.ts';

/** A table found in a grid, with the rows it takes up: what stands there is no field. */
export type TableFound = Table & { firstRow: number; lastRow: number };

/**
 * Finds the head of each of the form's tables and reads the rows under it. Pre-numbered empty rows, examples, totals,
 * notes across the table and repeated heads are no rows; 无 in an otherwise empty table declares it empty.
 */
export function readTables(grid: Grid, definition: FormDefinition, words: ValueWords): TableFound[] {
  const paths = walk(grid);
  return definition.tables.flatMap((table) => {
    const head = findHead(paths, table);
    return head ? [inGrid(grid, readTable(table, head, paths, words, definition.titles))] : [];
  });
}

/** A file may hold several tables: `表2第3行`, as its cells are named. */
const inGrid = ({ name }: Grid, { rows, ...found }: TableFound): TableFound => ({
  ...found,
  rows: rows.map((row) => ({ ...row, location: name + row.location })),
});

function readTable(
  table: TableDefinition,
  head: Head,
  paths: GridWalk,
  words: ValueWords,
  titles: readonly string[],
): TableFound {
  const below = paths.rows.filter((cells) => rowOf(cells) > head.to);
  const foot = below.findIndex((cells) => isFoot(cells, words));
  const body = foot < 0 ? below : below.slice(0, foot);
  const read = body.map((cells) => readRow(cells, paths, head, words, titles));
  const rows = read
    .filter((row) => row !== null && row !== 'none')
    .map((row, index) => ({ ...row, ordinal: index + 1 }));
  return {
    key: table.key,
    columns: [...head.columns.keys()].map(({ key }) => key),
    rows,
    declaredNone: rows.length === 0 && read.includes('none'),
    firstRow: head.from,
    lastRow: rowOf(body.at(-1)) || head.to,
  };
}

const rowOf = (cells: readonly Cell[] | undefined) => cells?.[0]?.row ?? 0;

/** 合计, 备注：…, 填表人: under the rows stands what is no row. */
function isFoot(cells: readonly Cell[], words: ValueWords): boolean {
  const first = squeeze(cells.find(({ text }) => text !== '')?.text ?? '');
  return words.footWords.some((word) => first.startsWith(squeeze(word)));
}

/** One data row; 'none' for a row that only says 无; null for one that says nothing of its own. */
function readRow(
  cells: Cell[],
  paths: GridWalk,
  head: Head,
  words: ValueWords,
  titles: readonly string[],
): Row | 'none' | null {
  const row = rowOf(cells);
  const values = [...head.columns].map(([column, top]) => ({ column, top, cell: paths.at(row, top.column) }));
  const said = values.filter(
    ({ column, cell }) =>
      column.type !== 'sequence' && cell !== null && cell.row > head.to && saysSomething(cell, words),
  );
  if (said.length === 0)
    return values.some(({ cell }) => cell && cell.row === row && saysNone(cell, words)) ? 'none' : null;
  if (isExample(cells, words)) return null;
  if (said.every(({ cell }) => cell && declaresNone(cell.text, titles, words))) return 'none';
  const acrossTheTable = new Set(values.map(({ cell }) => cell)).size < 2 && values.length > 2;
  const headAgain = said.length > 1 && said.every(({ top, cell }) => squeeze(cell?.text ?? '') === squeeze(top.text));
  if (acrossTheTable || headAgain || !said.some(({ column, cell }) => cell && fills(column, head, cell, words)))
    return null;
  return {
    ordinal: 0,
    location: `第${row}行`,
    cells: Object.fromEntries(values.map(({ column, top, cell }) => [column.key, asValue(cell, row, top, cells)])),
  };
}

/** `例：某某装置` in the first cells: left over from the template. */
const isExample = (cells: readonly Cell[], words: ValueWords) =>
  cells.slice(0, 3).some(({ text }) => words.examples.some((word) => squeeze(text).startsWith(squeeze(word))));

/** 无专利 in the column of the numbers; a nought there is a number. */
const saysNone = ({ text }: Cell, words: ValueWords) => isNone(text, words) && !/\d/.test(text);

const saysSomething = ({ text }: Cell, words: ValueWords) =>
  isNone(text, words) || withoutPlaceholders(text, words) !== '';

/** On a sheet with printed items, only the columns marked `fills` make a row filled. */
function fills(column: ColumnDefinition, head: Head, cell: Cell, words: ValueWords): boolean {
  const marked = [...head.columns.keys()].some((each) => each.fills);
  return marked ? column.fills && !isBlank(cell.text, column.type, words) : true;
}

function asValue(cell: Cell | null, row: number, top: Cell, rowCells: Cell[]): Value {
  if (cell) return { text: cell.text.trim(), value: cell.value, date: cell.date, location: cell.location };
  return { text: '', value: null, date: null, location: locationOf(row, top.column, rowCells[0]) };
}
