import type { Cell, Grid } from '../documents/document.ts';
import type { ColumnDefinition, FormDefinition, TableDefinition } from '../notice/form-schema.ts';
import type { ValueWords } from '../notice/words.ts';
import { squeeze } from '../text/squeeze.ts';
import { isBlank, isNone, withoutPlaceholders } from './blank.ts';
import type { Row, Table, Value } from './form.ts';
import { type GridWalk, locationOf, walk } from './grid.ts';
import { labelIndex } from './label.ts';

/** A table found in a grid: where its head is, which column of the sheet holds what, and its filled rows. */
export type TableFound = Table & { headFrom: number; headTo: number; lastRow: number };

type Head = { from: number; to: number; columns: Map<ColumnDefinition, Cell> };

/**
 * Finds the head of each of the form's tables (one or two rows, anywhere below title and head line) and reads the rows
 * under it. Pre-numbered empty rows, totals, notes across the table and repeated heads are no rows; 无 in an otherwise
 * empty table declares it empty.
 */
export function readTables(grid: Grid, definition: FormDefinition, words: ValueWords): TableFound[] {
  const paths = walk(grid);
  return definition.tables.flatMap((table) => {
    const head = findHead(paths, table);
    if (!head) return [];
    const candidates = paths.rows.filter((cells) => (cells[0]?.row ?? 0) > head.to);
    const filled = candidates.map((cells) => readRow(cells, paths, head, words)).filter((row) => row !== null);
    const rows = filled.filter((row) => row !== 'none').map((row, index) => ({ ...row, ordinal: index + 1 }));
    return [
      {
        key: table.key,
        columns: [...head.columns.keys()].map(({ key }) => key),
        rows,
        declaredNone: rows.length === 0 && filled.includes('none'),
        headFrom: head.from,
        headTo: head.to,
        lastRow: rows.reduce((last, row) => Math.max(last, row.row), head.to),
      },
    ];
  });
}

/** How many columns of a table's definition this grid's best head row has: evidence for what form it is. */
export function headColumns(grid: Grid, table: TableDefinition): ColumnDefinition[] {
  return [...(findHead(walk(grid), table)?.columns.keys() ?? [])];
}

/** The row, or two rows under a group head, that names most columns; at least three, or half of what is required. */
function findHead(paths: GridWalk, table: TableDefinition): Head | null {
  const lookUp = labelIndex(table.columns);
  const named = paths.rows.slice(0, 40).map((cells) =>
    cells.flatMap((cell) =>
      lookUp(cell.text)
        .slice(0, 1)
        .map((column) => ({ column, cell })),
    ),
  );
  const heads = named.map((row, index) => headFrom(row, named[index + 1] ?? []));
  const best = heads
    .filter((head) => head !== null)
    .sort((a, b) => b.columns.size - a.columns.size || a.from - b.from)[0];
  return best && best.columns.size >= Math.min(3, table.columns.length) ? best : null;
}

type Named = { column: ColumnDefinition; cell: Cell };

/** The next row belongs to the head when a cell of this one spans several columns or stops short of the next row's labels. */
function headFrom(row: Named[], next: Named[]): Head | null {
  const first = row[0];
  if (!first) return null;
  const own = new Map(row.map(({ column, cell }) => [column, cell]));
  const added = next.filter(
    ({ column, cell }) =>
      !own.has(column) && !row.some((above) => above.cell.column === cell.column && above.cell.columnSpan === 1),
  );
  const spansBoth = row.some(({ cell }) => cell.rowSpan > 1);
  if (added.length === 0 || !(spansBoth || added.length >= 2))
    return { from: first.cell.row, to: bottom(row), columns: own };
  for (const { column, cell } of added) own.set(column, cell);
  return { from: first.cell.row, to: Math.max(bottom(row), bottom(added)), columns: own };
}

const bottom = (row: Named[]) =>
  row.reduce((last, { cell }) => Math.max(last, cell.row + Math.min(cell.rowSpan, 3) - 1), 0);

/** One data row; 'none' for a row that only says 无; null for one that says nothing of its own. */
function readRow(
  cells: Cell[],
  paths: GridWalk,
  head: Head,
  words: ValueWords,
): (Row & { row: number }) | 'none' | null {
  const row = cells[0]?.row ?? 0;
  const values = [...head.columns].map(([column, top]) => ({ column, cell: paths.at(row, top.column) }));
  const distinct = new Set(values.map(({ cell }) => cell).filter((cell) => cell !== null));
  const own = values.filter(({ column }) => column.type !== 'sequence');
  const said = own.filter(
    ({ cell }) =>
      cell &&
      cell.row > head.to &&
      withoutPlaceholders(cell.text, words) + (isNone(cell.text, words) ? '无' : '') !== '',
  );
  if (said.length === 0) return null;
  if (said.every(({ cell }) => cell && isNone(cell.text, words))) return 'none';
  if ((distinct.size < 2 && head.columns.size > 2) || isFootOrHead(cells, said, head)) return null;
  if (!said.some(({ column, cell }) => cell && filledBy(column, head, cell, words))) return null;
  return {
    row,
    ordinal: 0,
    location: `第${row}行`,
    cells: Object.fromEntries(
      values.map(({ column, cell }) => [column.key, asValue(cell, row, head.columns.get(column), cells)]),
    ),
  };
}

/** On a sheet with printed items, only the columns marked `fills` make a row filled. */
function filledBy(column: ColumnDefinition, head: Head, cell: Cell, words: ValueWords): boolean {
  const marked = [...head.columns.keys()].some(({ fills }) => fills);
  return marked ? column.fills && !isBlank(cell.text, column.type, words) : true;
}

/** 合计, 备注：…, 填表人, 注： or the head once more on the next page. */
function isFootOrHead(cells: Cell[], said: { column: ColumnDefinition; cell: Cell | null }[], head: Head): boolean {
  const first = squeeze(cells.find(({ text }) => text !== '')?.text ?? '');
  if (
    /^(合计|总计|小计|总分|注[:：]|备注[:：]|说明[:：]|填表说明|填表人|填报人|负责人|联系人|单位工会|所在单位)/.test(
      first,
    )
  )
    return true;
  return (
    said.length > 1 &&
    said.every(({ column, cell }) => squeeze(cell?.text ?? '') === squeeze(head.columns.get(column)?.text ?? ''))
  );
}

function asValue(cell: Cell | null, row: number, head: Cell | undefined, rowCells: Cell[]): Value {
  if (cell) return { text: cell.text.trim(), value: cell.value, date: cell.date, location: cell.location };
  return { text: '', value: null, date: null, location: locationOf(row, head?.column ?? 1, rowCells[0]) };
}
