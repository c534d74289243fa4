import type { Cell, Grid } from '../documents/document.ts';

/** A grid one can walk: neighbours by place, whatever cells are merged. */
export type GridWalk = {
  rows: Cell[][];
  right(cell: Cell): Cell | null;
  below(cell: Cell): Cell | null;
  /** Everything to the left in the cell's first row, spans from above among it. */
  left(cell: Cell): Cell[];
  /** The last column that any cell reaches. */
  width: number;
  /** The cell that covers this place, itself or by its spans. */
  at(row: number, column: number): Cell | null;
};

/** A cell merged over more rows than this is no form's: a sheet merged from end to end must not become a million rows. */
const maxRowSpan = 300;

/** Lines the cells up by row. */
export function walk(grid: Grid): GridWalk {
  const covering = new Map<number, Cell[]>();
  for (const cell of grid.cells) {
    for (let row = cell.row; row < cell.row + Math.min(cell.rowSpan, maxRowSpan); row++) push(covering, row, cell);
  }
  for (const cells of covering.values()) cells.sort((a, b) => a.column - b.column);
  const at = (row: number, column: number) =>
    covering.get(row)?.find((cell) => cell.column <= column && column < cell.column + cell.columnSpan) ?? null;
  return {
    rows: [...covering.keys()]
      .sort((a, b) => a - b)
      .map((row) => (covering.get(row) ?? []).filter((cell) => cell.row === row)),
    width: grid.cells.reduce((width, { column, columnSpan }) => Math.max(width, column + columnSpan - 1), 0),
    right: (cell) => at(cell.row, cell.column + cell.columnSpan),
    left: (cell) => (covering.get(cell.row) ?? []).filter(({ column }) => column < cell.column),
    below: (cell) => at(cell.row + cell.rowSpan, cell.column),
    at,
  };
}

function push(covering: Map<number, Cell[]>, row: number, cell: Cell): void {
  const cells = covering.get(row);
  if (cells) cells.push(cell);
  else covering.set(row, [cell]);
}

/** Where a place of the sheet is that holds no cell of its own, told like its neighbour: `Sheet1!D7`. */
export function locationOf(row: number, column: number, neighbour: Cell | undefined): string {
  const sheet = /^(.*!)[A-Z]+\d+$/.exec(neighbour?.location ?? '')?.[1];
  return sheet === undefined ? (neighbour?.location ?? '') : `${sheet}${letters(column)}${row}`;
}

function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}
