import type { Cell, Grid } from '../../documents/document.ts';

/** What is shown of a grid: which columns, which rows, and in which runs. */
export type Layout = {
  columns: number[];
  /** How many columns that hold something are not shown. */
  columnsLeftOut: number;
  runs: Run[];
};
/** Rows that stand together. `leftOut` rows that hold something, or `empty` ones, lie between it and the run before. */
export type Run = { rows: number[]; leftOut: number; empty: number };

export type LayoutLimits = { rows: number; columns: number };

const neighbours = 2;
/** Fewer empty rows are shown as they are: the sheet looks as it does in Excel. */
const shownEmpty = 2;

/**
 * Chooses what to show of a grid, however large: the first rows and columns, and each place that is marked with its
 * neighbours. An empty row is shown unless many follow each other.
 *
 * @param marked cells that must be seen, whether they exist in the grid or not
 */
export function layOut(grid: Grid, marked: readonly Pick<Cell, 'row' | 'column'>[], limits: LayoutLimits): Layout {
  const used = ascending([...grid.cells, ...marked].map(({ row }) => row));
  const wanted = new Set(marked.map(({ row }) => used.indexOf(row)));
  const isNear = (index: number) => [...wanted].some((at) => Math.abs(at - index) <= neighbours); // few marks, and asked only beyond the limit
  const chosen = used.filter((_, index) => index < limits.rows || isNear(index));
  const columns = columnsOf(grid, marked, limits.columns);
  return { ...columns, runs: runsOf(used, chosen, limits.rows) };
}

/** All columns of a usual table; of one that reaches far to the right the first that hold something, and the marked. */
function columnsOf(grid: Grid, marked: readonly Pick<Cell, 'column'>[], limit: number) {
  const width = [...grid.cells, ...marked].reduce((most, cell) => Math.max(most, lastColumn(cell)), 0);
  if (width <= limit) return { columns: Array.from({ length: width }, (_, index) => index + 1), columnsLeftOut: 0 };
  const used = ascending([...grid.cells, ...marked].map(({ column }) => column));
  const wanted = new Set(marked.map(({ column }) => column));
  const columns = used.filter((column, index) => index < limit || wanted.has(column));
  return { columns, columnsLeftOut: used.length - columns.length };
}

const lastColumn = (cell: Partial<Cell> & Pick<Cell, 'column'>) => cell.column + (cell.columnSpan ?? 1) - 1;

function runsOf(used: number[], chosen: number[], limit: number): Run[] {
  const places = new Map([[0, -1], ...used.map((row, index): [number, number] => [row, index])]);
  const placeOf = (row: number) => places.get(row) ?? -1;
  const runs: Run[] = [];
  let before = 0;
  let room = limit; // empty rows that are shown count as well
  for (const row of chosen) {
    const [gap, leftOut] = [row - before - 1, placeOf(row) - placeOf(before) - 1];
    const run = runs.at(-1);
    const fills = leftOut === 0 && gap <= shownEmpty && room > gap;
    if (!run || !fills)
      runs.push({ rows: fills ? upTo(before, row) : [row], leftOut, empty: fills || leftOut > 0 ? 0 : gap });
    else run.rows.push(...upTo(before, row));
    if (fills) room -= gap;
    before = row;
  }
  return [...runs, ...rest(used.length - 1 - placeOf(before))];
}

/** What is left out behind the last run. */
const rest = (leftOut: number): Run[] => (leftOut > 0 ? [{ rows: [], leftOut, empty: 0 }] : []);

const upTo = (before: number, row: number) => Array.from({ length: row - before }, (_, index) => before + 1 + index);

const ascending = (numbers: number[]) => [...new Set(numbers)].sort((a, b) => a - b);
