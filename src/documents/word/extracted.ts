import WordExtractor from 'word-extractor';
import type { Document, Paragraph } from '../document.ts';
import { corrupt } from '../unreadable.ts';
import { type DraftCell, layGrid } from './grid.ts';

/**
 * A second opinion on a .doc whose own directories do not hold together: text as far as the library finds it. Cells
 * come as tabs and some row ends are lost, so a run of lines with tabs is one grid, as near to the table as it goes.
 *
 * @throws Unreadable `corrupt`
 */
export async function readExtracted(bytes: Buffer): Promise<Document> {
  const lines = (await bodyOf(bytes)).split('\n');
  const blocks: Document['blocks'] = [];
  let [rows, tables, paragraphs]: [DraftCell[][], number, number] = [[], 0, 0];
  for (const line of [...lines, '']) {
    if (line.includes('\t')) rows.push(cellsOf(line));
    else if (rows.length > 0) {
      tables += 1;
      blocks.push(layGrid(`表${tables}`, rows));
      rows = [];
    }
    if (line.includes('\t') || !line.trim()) continue;
    paragraphs += 1;
    blocks.push({
      kind: 'paragraph',
      text: line.trim(),
      location: `第${paragraphs}段`,
      pictures: [],
    } satisfies Paragraph);
  }
  return { blocks, pictures: [], page: null, pages: null, scan: false, cut: false, rough: true };
}

async function bodyOf(bytes: Buffer): Promise<string> {
  try {
    return (await new WordExtractor().extract(bytes)).getBody();
  } catch (error) {
    throw corrupt('Word 文件读不出来', error);
  }
}

function cellsOf(line: string): DraftCell[] {
  return line.split('\t').map((text, index) => {
    return { column: index + 1, columnSpan: 1, merge: 'none', text: text.trim(), pictures: [], holdsGrid: false };
  });
}
