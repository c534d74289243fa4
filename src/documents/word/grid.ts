import type { Cell, Grid } from '../document.ts';

/** How a cell takes part in a vertical merge: not at all, as its upper end, or as a part further down. */
export type Merge = 'none' | 'restart' | 'continue';

/** A cell as Word stores it: one for each row it covers, those below its upper end marked `continue`. */
export type DraftCell = {
  column: number;
  columnSpan: number;
  merge: Merge;
  text: string;
  pictures: number[];
  holdsGrid: boolean;
  /** Left and right edge in twips, where the format gives those instead of grid columns (.doc, RTF). */
  edges?: [left: number, right: number];
};

/** The shape of one cell as .doc and RTF tell it, for a whole row at once. */
export type RowShape = { edges: [left: number, right: number]; merge: Merge; isMergedLeft: boolean };

/** Edges nearer than half a millimetre are one: Word moves them by a few twips from row to row. */
const sameEdge = 30;

/**
 * Turns Word's rows into cells that stand once. The location counts as a person would: the row, and within it the cells
 * seen there, a cell merged down from above among them; the grid column stays in `column`.
 *
 * @param name `表1`
 * @param rows rows of cells in reading order, columns from 1
 */
export function layGrid(name: string, rows: DraftCell[][]): Grid {
  placeByEdges(rows);
  const cells: Cell[] = [];
  const upper = new Map<number, Cell>();
  for (const [index, drafts] of rows.entries()) {
    for (const [ordinal, draft] of drafts.entries()) {
      const master = draft.merge === 'continue' ? upper.get(draft.column) : undefined;
      if (master && master.row + master.rowSpan === index + 1) {
        master.rowSpan += 1;
        master.pictures.push(...draft.pictures.filter((picture) => !master.pictures.includes(picture)));
        continue;
      }
      const cell = stand(draft, index + 1, `${name}第${index + 1}行第${ordinal + 1}列`);
      cells.push(cell);
      if (draft.merge === 'none') upper.delete(draft.column);
      else upper.set(draft.column, cell);
    }
  }
  return { kind: 'grid', name, hidden: false, cells };
}

function stand({ column, columnSpan, text, pictures, holdsGrid }: DraftCell, row: number, location: string): Cell {
  const cell = { row, column, rowSpan: 1, columnSpan, text, value: text || null, date: null, location, pictures };
  return holdsGrid ? { ...cell, holdsGrid } : cell;
}

/**
 * Gives the cells of a row their shapes. Empty cells beyond the shapes go, as a cell merged to the left gives way to its
 * neighbour; a list that still does not fit the cells says nothing.
 *
 * @returns whether it fits
 */
export function shapeCells(row: DraftCell[], shapes: RowShape[]): boolean {
  while (shapes.length > 0 && row.length > shapes.length && row.at(-1)?.text === '') row.pop();
  if (row.length !== shapes.length) return false;
  for (const [index, { merge, edges }] of shapes.entries()) Object.assign(row[index] ?? {}, { merge, edges });
  for (let index = row.length - 1; index > 0; index--) {
    const [cell, left] = [row[index], row[index - 1]];
    if (!shapes[index]?.isMergedLeft || !cell?.edges || !left?.edges) continue;
    left.edges = [left.edges[0], cell.edges[1]];
    row.splice(index, 1);
  }
  return true;
}

/** Turns edges into grid columns: every place where some row has an edge begins a column. */
function placeByEdges(rows: DraftCell[][]): void {
  const cells = rows.flat().filter((cell) => cell.edges !== undefined);
  const all = cells.flatMap((cell) => cell.edges ?? []).sort((a, b) => a - b);
  const lines = all.filter((edge, index) => index === 0 || edge - (all[index - 1] ?? edge) > sameEdge);
  const columnAt = (edge: number) => Math.max(1, lines.findLastIndex((line) => line <= edge) + 1);
  for (const cell of cells) {
    const [left, right] = cell.edges ?? [0, 0];
    cell.column = columnAt(left);
    cell.columnSpan = Math.max(1, columnAt(right) - cell.column);
  }
}
