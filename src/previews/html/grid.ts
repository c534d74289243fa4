import type { Grid } from '../../documents/document.ts';
import { layOut } from './layout.ts';
import type { Pen } from './pen.ts';
import { letters, rowPlace, ruler, runHtml, type Sheet, type Show } from './rows.ts';

const limits = { rows: 300, columns: 60 };

/**
 * A table or sheet as an HTML table: spans as they were, every cell under its location. Sheets bear the letters and
 * numbers that Excel shows, because findings name them.
 *
 * @param places what is to be marked; those that name an empty place of this sheet get a cell of their own
 * @param show what stands in a cell
 */
export function gridHtml(grid: Grid, places: readonly string[], pen: Pen, show: Show): string {
  const isSheet = grid.cells[0]?.location.startsWith(`${grid.name}!`) ?? false;
  const marked = [
    ...grid.cells.filter(({ row, location }) => pen.isMarked(location) || pen.isMarked(rowPlace(grid, row))),
    ...(isSheet ? places.flatMap((place) => addressIn(grid.name, place)) : []),
  ];
  const { columns, columnsLeftOut, runs } = layOut(grid, marked, { ...limits, rows: roomIn(grid, pen) });
  if (columnsLeftOut > 0 || runs.some(({ leftOut }) => leftOut > 0)) pen.leaveOut();
  const sheet = { grid, isSheet, columns, pen, show };
  const width = columns.length + (isSheet ? 1 : 0);
  return [
    heading(grid, isSheet, pen),
    columnsLeftOut > 0 ? `<p class="left-out">此处省略 ${columnsLeftOut} 列</p>` : '',
    '<div class="scroll"><table>',
    widths(sheet),
    isSheet
      ? `<thead><tr><th class="ruler"></th>${columns.map((column) => ruler('col', letters(column))).join('')}</tr></thead>`
      : '',
    runs.map((run) => runHtml(run, sheet, width)).join(''),
    '</table></div>',
  ].join('');
}

/** A workbook may have hundreds of sheets: the later ones get what the first leave. */
function roomIn({ cells }: Grid, pen: Pen): number {
  const most = (side: 'row' | 'column') => cells.reduce((last, cell) => Math.max(last, cell[side]), 0);
  return pen.roomForRows(Math.min(limits.rows, most('row')), Math.min(limits.columns, most('column')));
}

function heading({ name, hidden }: Grid, isSheet: boolean, pen: Pen): string {
  if (name === '') return '';
  const said = isSheet ? `工作表：${pen.text(name)}${hidden ? '（隐藏的工作表）' : ''}` : pen.text(name);
  return `<h3${pen.at(name, hidden ? 'hidden-sheet' : '')}>${said}</h3>`;
}

/** The place a location names in this sheet, also where no cell is: a field that was left empty has none. */
function addressIn(sheet: string, place: string): { row: number; column: number }[] {
  const [, column, row] = /^([A-Z]{1,3})([1-9]\d{0,6})$/.exec(place.slice(sheet.length + 1)) ?? [];
  if (!place.startsWith(`${sheet}!`) || !column || !row) return [];
  return [{ row: Number(row), column: [...column].reduce((sum, sign) => sum * 26 + sign.charCodeAt(0) - 64, 0) }];
}

/** Chinese may be broken at every sign: without a least width a column of long text squeezes the others to one sign. */
function widths({ grid, columns, isSheet }: Sheet): string {
  const longest = new Map<number, number>();
  for (const { column, columnSpan, text } of grid.cells) {
    if (columnSpan > 1) continue;
    const line = text.split('\n', 50).reduce((most, each) => Math.max(most, each.length), 0);
    longest.set(column, Math.max(longest.get(column) ?? 0, line));
  }
  const classOf = (column: number) =>
    `wide-${[2, 4, 6, 9, 13].find((size) => (longest.get(column) ?? 0) <= size) ?? 18}`;
  const columnsHtml = columns.map((column) => `<col class="${classOf(column)}">`).join('');
  return `<colgroup>${isSheet ? '<col class="wide-2">' : ''}${columnsHtml}</colgroup>`;
}
