import type { Cell, Document, EmbeddedPicture, Grid, Paragraph, Reading } from '../../src/documents/document.ts';
import { readHere } from '../../src/documents/read-here.ts';

/** Reads a file that must be a document. */
export async function documentOf(name: string, bytes: Buffer): Promise<Document> {
  const reading = await readHere({ name, bytes });
  if (reading.kind !== 'document') throw new Error(`${name} was read as ${JSON.stringify(reading)}`);
  return reading.document;
}

export const gridsIn = (document: Document) => document.blocks.filter((block): block is Grid => block.kind === 'grid');
export const paragraphsIn = (document: Document) =>
  document.blocks.filter((block): block is Paragraph => block.kind === 'paragraph');

/** The grid of this name. */
export function gridOf(document: Document, name: string): Grid {
  const grid = gridsIn(document).find((one) => one.name === name);
  if (!grid) throw new Error(`no grid ${name} among ${gridsIn(document).map((one) => one.name)}`);
  return grid;
}

/** The cell at this location. */
export function cellOf(document: Document, location: string): Cell {
  const cell = gridsIn(document)
    .flatMap((grid) => grid.cells)
    .find((one) => one.location === location);
  if (!cell) throw new Error(`no cell at ${location}`);
  return cell;
}

/** A grid as a person sees it: `row.column+rowSpan×columnSpan text`, spans only where there are any. */
export function seen(grid: Grid): string[] {
  return grid.cells.map(({ row, column, rowSpan, columnSpan, text }) => {
    const span = rowSpan > 1 || columnSpan > 1 ? `+${rowSpan}×${columnSpan}` : '';
    return `${row}.${column}${span} ${text}`.trimEnd();
  });
}

export const refusal = (reading: Reading) =>
  reading.kind === 'unreadable' ? `${reading.type} ${reading.reason}` : `${reading.type} ${reading.kind}`;

/** The picture a cell or paragraph shows. */
export function pictureIn(document: Document, holder: { pictures: number[] }): EmbeddedPicture {
  const picture = document.pictures[holder.pictures[0] ?? -1];
  if (!picture) throw new Error('no picture stands there');
  return picture;
}
