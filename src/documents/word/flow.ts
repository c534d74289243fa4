import type { Grid, Paragraph } from '../document.ts';
import { storable } from '../storable.ts';
import { Unreadable } from '../unreadable.ts';
import { type DraftCell, layGrid, type Merge, type RowShape, shapeCells } from './grid.ts';
import { withoutPrivateSigns } from './symbols.ts';

const maxCells = 20_000;
const maxParagraphs = 20_000;
const maxSigns = 4e6;
const maxTablesInside = 30;

type Place = {
  kind: 'page' | 'box' | 'cell';
  lines: string[];
  pictures: number[];
  columnSpan: number;
  merge: Merge;
  holdsGrid: boolean;
  deleted: boolean;
  /** The paragraph before a deleted paragraph mark: the next one here goes on with it. */
  begun: OpenParagraph | null;
};
type OpenParagraph = { text: string; pictures: number[]; block: Paragraph | null; endDeleted: boolean };
type OpenTable = { grid: Grid; rows: DraftCell[][]; column: number; rowDeleted: boolean };

/** Collects what a Word text holds, told in reading order; `finish` gives the blocks. */
export type Flow = ReturnType<typeof openFlow>;

/**
 * Where text goes: onto the page, into a table cell, into a text box. A block takes its place when it opens, so that a
 * table comes before the tables inside it. A text box on the page becomes paragraphs of its own; one that hangs in a
 * cell is read as part of the cell, as is a table in a cell (which is a grid as well).
 */
export function openFlow() {
  const blocks: (Paragraph | Grid)[] = [];
  const places: Place[] = [newPlace('page')];
  const paragraphs: OpenParagraph[] = [];
  const tables: OpenTable[] = [];
  let [boxes, grids, cells, signs, written] = [0, 0, 0, 0, 0];
  let [cut, rough] = [false, false];
  const place = () => places.at(-1) as Place; // the page itself is never closed
  const inCell = () => places.some(({ kind }) => kind === 'cell');

  return {
    write(text: string) {
      signs += text.length;
      cut ||= signs > maxSigns;
      const paragraph = paragraphs.at(-1);
      if (paragraph && !cut) paragraph.text += withoutPrivateSigns(text);
    },
    picture(index: number) {
      (paragraphs.at(-1) ?? place()).pictures.push(index);
    },
    openParagraph() {
      const location = place().kind === 'box' ? `文本框${boxes}` : '';
      const block: Paragraph | null = inCell() ? null : { kind: 'paragraph', text: '', location, pictures: [] };
      if (block) written += 1;
      cut ||= written > maxParagraphs;
      if (block && !cut) blocks.push(block);
      const { text, pictures } = place().begun ?? { text: '', pictures: [] };
      place().begun = null;
      paragraphs.push({ text, pictures, block, endDeleted: false });
    },
    closeParagraph() {
      const paragraph = paragraphs.pop();
      if (paragraph?.endDeleted) place().begun = paragraph;
      else if (paragraph) put(place(), paragraph);
    },
    /** The paragraph's end is deleted by a tracked change: accepted, the next one goes on with it. */
    deleteParagraphEnd() {
      const paragraph = paragraphs.at(-1);
      if (paragraph) paragraph.endDeleted = true;
    },
    openBox() {
      boxes += 1;
      places.push(newPlace(inCell() ? 'cell' : 'box'));
    },
    closeBox() {
      const box = places.pop();
      if (box) finishBegun(box);
      if (box?.kind === 'cell') add(place(), textOf(box), box.pictures);
    },
    openTable() {
      if (tables.length >= maxTablesInside) throw new Unreadable('unsafe', `表格里套表格超过 ${maxTablesInside} 层`);
      finishBegun(place());
      grids += 1;
      const grid: Grid = { kind: 'grid', name: `表${grids}`, hidden: false, cells: [] };
      blocks.push(grid);
      tables.push({ grid, rows: [], column: 1, rowDeleted: false });
    },
    closeTable() {
      const table = tables.pop();
      if (!table) return;
      table.grid.cells = layGrid(table.grid.name, table.rows).cells;
      const text = table.rows.map((row) => row.map((cell) => cell.text).join('\t')).join('\n');
      const pictures = table.rows.flat().flatMap((cell) => cell.pictures);
      if (!inCell()) return;
      add(place(), text, pictures);
      place().holdsGrid = true;
    },
    openRow() {
      const table = tables.at(-1);
      if (!table) return;
      Object.assign(table, { column: 1, rowDeleted: false });
      table.rows.push([]);
    },
    /** Leaves grid columns empty before the first cell (w:gridBefore). */
    skipColumns(count: number) {
      const table = tables.at(-1);
      if (table) table.column += count;
    },
    deleteRow() {
      const table = tables.at(-1);
      if (table) table.rowDeleted = true;
    },
    closeRow() {
      const table = tables.at(-1);
      if (table?.rowDeleted) table.rows.pop();
    },
    openCell() {
      places.push(newPlace('cell'));
    },
    /** Deleted by a tracked change: its neighbours close up. */
    deleteCell() {
      place().deleted = true;
    },
    /** What the cell's properties say: grid columns it covers, its part in a vertical merge. */
    shapeCell(shape: { columnSpan?: number; merge?: Merge }) {
      Object.assign(place(), shape);
    },
    closeCell() {
      const [cell, table] = [places.pop(), tables.at(-1)];
      if (!cell || !table || cell.deleted) return;
      finishBegun(cell);
      const { columnSpan, merge, pictures, holdsGrid } = cell;
      cells += 1;
      cut ||= cells > maxCells;
      const text = textOf(cell);
      if (!cut) table.rows.at(-1)?.push({ column: table.column, columnSpan, merge, text, pictures, holdsGrid });
      table.column += columnSpan;
    },
    /** For formats that tell a row's shape behind its cells. */
    shapeRow(shapes: RowShape[]) {
      const row = tables.at(-1)?.rows.at(-1);
      if (row) rough = !(shapeCells(row, shapes) || cut) || rough;
    },
    /** What was told contradicts itself: cells that lie in no table. */
    doubt() {
      rough = true;
    },
    finish(): { blocks: (Paragraph | Grid)[]; cut: boolean; rough: boolean } {
      finishBegun(place());
      return { blocks: numbered(blocks.filter((block) => !isEmpty(block))), cut, rough };
    },
  };
}

const newPlace = (kind: Place['kind']): Place => ({
  kind,
  lines: [],
  pictures: [],
  columnSpan: 1,
  merge: 'none',
  holdsGrid: false,
  deleted: false,
  begun: null,
});

const textOf = (place: Place) => place.lines.join('\n').trim();

function add(place: Place, text: string, pictures: number[]): void {
  place.lines.push(text.trimEnd());
  place.pictures.push(...pictures.filter((picture) => !place.pictures.includes(picture)));
}

/** On the page a paragraph is a block, in a cell a line of it. */
function put(place: Place, { text, pictures, block }: OpenParagraph): void {
  if (block) Object.assign(block, { text: storable(text).trim(), pictures });
  else add(place, storable(text), pictures);
}

/** No paragraph follows that could go on with what was begun. */
function finishBegun(place: Place): void {
  const { begun } = place;
  place.begun = null;
  if (begun && (begun.text || begun.pictures.length > 0)) put(place, begun);
}

const isEmpty = (block: Paragraph | Grid) =>
  block.kind === 'grid' ? block.cells.length === 0 : !block.text && block.pictures.length === 0;

/** Paragraphs are counted as a person counts them, without the empty ones. */
function numbered(blocks: (Paragraph | Grid)[]): (Paragraph | Grid)[] {
  let count = 0;
  for (const block of blocks) if (block.kind === 'paragraph' && !block.location) block.location = `第${++count}段`;
  return blocks;
}
