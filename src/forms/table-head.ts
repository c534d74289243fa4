import type { Cell, Grid } from '../documents/document.ts';
import type { ColumnDefinition, TableDefinition } from '../notice/form-schema.ts';
import { madeOnce } from '../text/made-once.ts';
import { type GridWalk, walk } from './grid.ts';
import { labelIndex } from './label.ts';

/** Where a table's head is, and which of the sheet's columns holds what. */
export type Head = { from: number; to: number; columns: Map<ColumnDefinition, Cell> };

type Named = { column: ColumnDefinition; cell: Cell };

/** A head stands near the top: under title and head line, perhaps under the basics of form 4. */
const rowsSearched = 40;

const columnIndex = madeOnce((table: TableDefinition) => labelIndex(table.columns));

/** The row, or two rows under a group head, that names most columns: three at least, or all where there are fewer. */
export function findHead(paths: GridWalk, table: TableDefinition): Head | null {
  const lookUp = columnIndex(table);
  const named = paths.rows.slice(0, rowsSearched).map((cells) =>
    cells.flatMap((cell) =>
      lookUp(cell.text)
        .slice(0, 1)
        .map((column) => ({ column, cell })),
    ),
  );
  const heads = named.flatMap((row, index) => headFrom(row, named[index + 1] ?? []) ?? []);
  const best = heads.sort((a, b) => b.columns.size - a.columns.size || a.from - b.from)[0];
  return best && best.columns.size >= Math.min(3, table.columns.length) ? best : null;
}

/** How many of a table's columns this grid's best head names: evidence for which form it is. */
export function headColumns(grid: Grid, table: TableDefinition): ColumnDefinition[] {
  return [...(findHead(walk(grid), table)?.columns.keys() ?? [])];
}

/** The next row belongs to the head when it names further columns under a group, beside cells that reach down to it. */
function headFrom(row: Named[], next: Named[]): Head | null {
  const first = row[0];
  if (!first) return null;
  const columns = new Map(row.map(({ column, cell }) => [column, cell]));
  const added = next.filter(
    ({ column, cell }) =>
      !columns.has(column) && !row.some((above) => above.cell.column === cell.column && above.cell.columnSpan === 1),
  );
  const reachesDown = row.some(({ cell }) => cell.rowSpan > 1);
  if (added.length === 0 || !(reachesDown || added.length >= 2))
    return { from: first.cell.row, to: bottom(row), columns };
  for (const { column, cell } of added) columns.set(column, cell);
  return { from: first.cell.row, to: Math.max(bottom(row), bottom(added)), columns };
}

const bottom = (row: Named[]) =>
  row.reduce((last, { cell }) => Math.max(last, cell.row + Math.min(cell.rowSpan, 3) - 1), 0);
