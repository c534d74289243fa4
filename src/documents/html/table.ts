import type { Cell, Grid } from '../document.ts';

const maxSpan = 1_000;

/** A table while its rows are told. */
export type OpenTable = ReturnType<typeof openTable>;

/**
 * Lays out the cells of one HTML table: `rowspan` and `colspan` push later cells to the right. The ordinal in a
 * location counts what is seen in the row, cells reaching down into it among them.
 *
 * @param grid the grid to fill; it already stands in its place among the blocks
 */
export function openTable(grid: Grid) {
  /** For each column that a cell from above covers: that cell. */
  const covering = new Map<number, Cell>();
  let [row, column, ordinal] = [0, 1, 0];

  const passCovered = () => {
    for (let above = coverAt(column); above; above = coverAt(column)) {
      ordinal += 1;
      column = above.column + above.columnSpan;
    }
  };
  const coverAt = (at: number): Cell | null => {
    const above = covering.get(at);
    return above && above.row + above.rowSpan > row ? above : null;
  };

  return {
    nextRow() {
      row += 1;
      [column, ordinal] = [1, 0];
    },
    /** Puts a cell into the current row; its text is filled in by whoever reads it. */
    addCell(rowspan: string | undefined, colspan: string | undefined): Cell {
      if (row === 0) row = 1; // a cell before any <tr>
      passCovered();
      ordinal += 1;
      const location = `${grid.name}第${row}行第${ordinal}列`;
      const [rowSpan, columnSpan] = [span(rowspan), span(colspan)];
      const cell: Cell = {
        row,
        column,
        rowSpan,
        columnSpan,
        text: '',
        value: null,
        date: null,
        location,
        pictures: [],
      };
      if (rowSpan > 1) for (let covered = 0; covered < columnSpan; covered++) covering.set(column + covered, cell);
      column += columnSpan;
      grid.cells.push(cell);
      return cell;
    },
  };
}

const span = (value: string | undefined) => Math.min(Math.max(Number.parseInt(value ?? '1', 10) || 1, 1), maxSpan);
