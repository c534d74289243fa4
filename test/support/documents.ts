import type { Cell, Document, EmbeddedPicture, Grid, Paragraph } from '../../src/documents/document.ts';

type CellSpec =
  | string
  | { text?: string; across?: number; down?: number; picture?: number; value?: Cell['value']; date?: string };

/** A table written as rows of cells; merged places are filled in as Word and Excel do it. */
export function grid(
  rows: CellSpec[][],
  { name = '表1', sheet = false }: { name?: string; sheet?: boolean } = {},
): Grid {
  const taken = new Set<string>();
  const cells = rows.flatMap((row, index) => {
    let column = 0;
    return row.map((spec, ordinal): Cell => {
      do column++;
      while (taken.has(`${index + 1}/${column}`));
      const {
        text = '',
        across = 1,
        down = 1,
        picture,
        value = text,
        date = null,
      } = typeof spec === 'string' ? { text: spec } : spec;
      for (let r = 0; r < down; r++) for (let c = 0; c < across; c++) taken.add(`${index + 1 + r}/${column + c}`);
      const location = sheet
        ? `${name}!${String.fromCharCode(64 + column)}${index + 1}`
        : `${name}第${index + 1}行第${ordinal + 1}列`;
      const cell = {
        row: index + 1,
        column,
        rowSpan: down,
        columnSpan: across,
        text,
        value,
        date,
        location,
        pictures: picture === undefined ? [] : [picture],
      };
      column += across - 1;
      return cell;
    });
  });
  return { kind: 'grid', name, hidden: false, cells: sheet ? cells.filter(({ text }) => text !== '') : cells };
}

export const paragraph = (text: string, ordinal = 1): Paragraph => ({
  kind: 'paragraph',
  text,
  location: `第${ordinal}段`,
  pictures: [],
});

export function document(blocks: (Grid | Paragraph)[], more: Partial<Document> = {}): Document {
  return { blocks, pictures: [], page: null, pages: null, scan: false, cut: false, ...more };
}

export const portrait: EmbeddedPicture = {
  name: 'image1.jpeg',
  location: '表1第1行第7列',
  bytes: 30_000,
  sha256: 'a'.repeat(64),
  width: 413,
  height: 579,
  orientation: 1,
  grey: false,
  colourfulness: 60,
  paperShare: 0.2,
};
