import type { Cell, Grid, Paragraph } from '../document.ts';
import type { PageBlock, PageGrid } from './blocks.ts';

const near = 4;

/**
 * The blocks of all pages. A table that begins a page with the columns that the last one ended with goes on there; its
 * first row belongs to the row above when its label's cell is empty, as Word cuts a long story.
 */
export function overPages(pages: readonly PageBlock[][]): (Paragraph | Grid)[] {
  const blocks: (Paragraph | Grid)[] = [];
  let last: PageGrid | null = null;
  for (const page of pages) {
    for (const [index, block] of page.entries()) {
      if ('paragraph' in block) {
        blocks.push(block.paragraph);
        continue;
      }
      const goesOn: Cell[] | null = index === 0 && last ? inColumnsOf(last, block) : null;
      if (goesOn && last) {
        append(last.grid, goesOn);
      } else {
        blocks.push(block.grid);
        last = block;
      }
    }
    const end = page
      .filter((block, index) => !('paragraph' in block) || !isPageNumber(block.paragraph, index, page))
      .at(-1);
    if (end && 'paragraph' in end) last = null;
  }
  return blocks;
}

/** The next table's cells in the columns of the last, which may have more than these rows show; null for another table. */
function inColumnsOf(last: PageGrid, next: PageGrid): Cell[] | null {
  const places = next.columns.map((place) => last.columns.findIndex((known) => Math.abs(known - place) <= near));
  if (places.includes(-1) || places[0] !== 0 || places.at(-1) !== last.columns.length - 1) return null;
  return next.grid.cells.map((cell) => {
    const [from = 0, to = 0] = [places[cell.column - 1], places[cell.column - 1 + cell.columnSpan]];
    return { ...cell, column: from + 1, columnSpan: to - from };
  });
}

const isPageNumber = ({ text }: Paragraph, index: number, page: readonly PageBlock[]) =>
  index === page.length - 1 && /^[-—–\s第]*\d{1,3}[-—–\s页]*(?:\/\s*\d+)?$/.test(text);

function append(grid: Grid, next: Cell[]): void {
  const rows = Math.max(...grid.cells.map(({ row, rowSpan }) => row + rowSpan - 1));
  const above = grid.cells.filter(({ row, rowSpan }) => row + rowSpan - 1 === rows);
  const first = next.filter(({ row }) => row === 1);
  const goesOn = first[0]?.text === '' && first.every((cell) => cell.rowSpan === 1 && twin(cell, above) !== undefined);
  for (const cell of next) {
    const upper = goesOn && cell.row === 1 ? twin(cell, above) : undefined;
    if (upper) Object.assign(upper, continued(upper, cell));
    else grid.cells.push({ ...cell, row: cell.row + rows - (goesOn ? 1 : 0) });
  }
}

const twin = ({ column, columnSpan }: Cell, above: readonly Cell[]) =>
  above.find((cell) => cell.column === column && cell.columnSpan === columnSpan);

function continued(upper: Cell, cell: Cell): Partial<Cell> {
  const text = [upper.text, cell.text].filter(Boolean).join('\n');
  return { text, value: text || null };
}
