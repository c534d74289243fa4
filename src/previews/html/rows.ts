import type { Cell, Grid } from '../../documents/document.ts';
import type { Run } from './layout.ts';
import type { Pen } from './pen.ts';

/** What stands in a cell. */
export type Show = (cell: Cell) => string;
/** A grid with the columns that are shown of it. */
export type Sheet = { grid: Grid; isSheet: boolean; columns: number[]; pen: Pen; show: Show };

/** One run of rows is one row group: no cell reaches out of it, whatever it spans. */
export function runHtml({ rows, leftOut, empty }: Run, sheet: Sheet, width: number): string {
  const between = leftOut > 0 ? `此处省略 ${leftOut} 行` : empty > 0 ? `空 ${empty} 行` : '';
  const gap = between
    ? `<tbody class="gap"><tr><td class="left-out" colspan="${width}">${between}</td></tr></tbody>`
    : '';
  if (rows.length === 0) return gap;
  const cells = byRow(sheet.grid, new Set(rows));
  const covered = new Map<number, number>(); // column → the last row that a cell from above covers there
  const lines = rows.map((row) => rowHtml(row, rows.at(-1) ?? row, cells.get(row) ?? [], covered, sheet));
  return `${gap}<tbody>${lines.join('')}</tbody>`;
}

function byRow({ cells }: Grid, rows: Set<number>): Map<number, Cell[]> {
  const found = new Map<number, Cell[]>();
  for (const cell of cells) {
    if (!rows.has(cell.row)) continue;
    const line = found.get(cell.row);
    if (line) line.push(cell);
    else found.set(cell.row, [cell]);
  }
  return found;
}

/** A row's cells from left to right; a place without a cell is an empty one, one covered from above is none. */
function rowHtml(row: number, lastRow: number, cells: Cell[], covered: Map<number, number>, sheet: Sheet): string {
  const { columns, isSheet, grid, pen } = sheet;
  const waiting = cells.filter(({ column }) => columns.includes(column)).sort((a, b) => a.column - b.column);
  const out: string[] = [];
  for (let at = 0; at < columns.length; ) {
    const column = columns[at] ?? 0;
    const [cell, next] = waiting;
    if (!cell || cell.column > column) {
      if ((covered.get(column) ?? 0) < row) out.push(emptyHtml(row, column, sheet));
      at += 1;
      continue;
    }
    waiting.shift();
    const reach = Math.min(cell.column + cell.columnSpan, next?.column ?? Number.POSITIVE_INFINITY);
    const across = Math.max(1, columns.filter((each, index) => index >= at && each < reach).length);
    const down = Math.min(cell.rowSpan, lastRow - row + 1);
    for (const each of columns.slice(at, at + across)) covered.set(each, row + down - 1);
    out.push(cellHtml(cell, across, down, sheet));
    at += across;
  }
  const strays = waiting.map((cell) => cellHtml(cell, 1, 1, sheet)); // cells that lie on each other: none is lost
  return `<tr${pen.at(rowPlace(grid, row))}>${isSheet ? ruler('row', row) : ''}${out.join('')}${strays.join('')}</tr>`;
}

/** A row as the rows of lists are located: `表2第3行`. */
export const rowPlace = ({ name }: Grid, row: number | string) => `${name}第${row}行`;

function cellHtml(cell: Cell, across: number, down: number, { pen, show }: Sheet): string {
  const spans = `${down > 1 ? ` rowspan="${down}"` : ''}${across > 1 ? ` colspan="${across}"` : ''}`;
  return `<td${spans}${pen.at(cell.location)}>${show(cell)}</td>`;
}

/** An empty place of a sheet has an address all the same; in a Word table it is no place at all. */
function emptyHtml(row: number, column: number, { grid, isSheet, pen }: Sheet): string {
  return isSheet ? `<td${pen.at(`${grid.name}!${letters(column)}${row}`)}></td>` : '<td class="no-cell"></td>';
}

export const ruler = (scope: 'row' | 'col', said: string | number) => `<th class="ruler" scope="${scope}">${said}</th>`;

/** A column as Excel names it: 4 is `D`, 28 is `AB`. */
export function letters(column: number): string {
  const rest = Math.floor((column - 1) / 26);
  return (rest > 0 ? letters(rest) : '') + String.fromCharCode(65 + ((column - 1) % 26));
}
