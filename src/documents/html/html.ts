import { Parser } from 'htmlparser2';
import { decodeText } from '../../text/charset.ts';
import type { Cell, Document, Grid, Paragraph } from '../document.ts';
import { storable } from '../storable.ts';
import { Unreadable } from '../unreadable.ts';
import { type OpenTable, openTable } from './table.ts';

const chunkSigns = 65_536;
const maxBytes = 25e6;
const maxCells = 20_000;
const maxSigns = 4e6;
const maxTablesInside = 30;
/** Pages that never close a <font> nest by thousands; the parser moves its whole stack at every tag. */
const maxDepth = 20_000;

/** Elements that end the line before and after them. */
const lines = new Set(
  'address article blockquote br center dd div dl dt h1 h2 h3 h4 h5 h6 hr li ol p pre section ul'.split(' '),
);
/** Elements whose text no one sees. */
const unseen = new Set(['script', 'style', 'title', 'noscript', 'template', 'xml']);

type Place = { cell: Cell; text: string; number: string | undefined };

/**
 * Reads a web page, most often one that a system offers as `.xls` or `.doc`: tables become grids, the rest paragraphs.
 * Nothing is run and nothing is fetched; the page is fed piece by piece and left at a limit.
 *
 * @throws Unreadable `unsafe` for elements nested beyond 20,000
 */
export function readHtml(bytes: Buffer): Document {
  const page = openPage();
  const parser = new Parser(page, { decodeEntities: true, lowerCaseTags: true, recognizeSelfClosing: true });
  const { text } = decodeText(bytes.subarray(0, maxBytes));
  for (let at = 0; at < text.length && !page.isFull(); at += chunkSigns) parser.write(text.slice(at, at + chunkSigns));
  parser.end();
  const { blocks, cut } = page.finish();
  return { blocks, pictures: [], page: null, pages: null, scan: false, cut: cut || bytes.length > maxBytes };
}

function openPage() {
  const blocks: (Paragraph | Grid)[] = [];
  const tables: (OpenTable | null)[] = [];
  const places: (Place | null)[] = [];
  let [line, cells, signs, grids, depth, unseenDepth] = ['', 0, 0, 0, 0, 0];
  let isFull = false;

  const write = (text: string) => {
    const place = places.at(-1);
    if (place) place.text += text;
    else line += text;
  };
  const endLine = () => {
    if (places.at(-1)) return write('\n');
    if (line.trim()) blocks.push({ kind: 'paragraph', text: line.trim(), location: '', pictures: [] });
    line = '';
  };
  const startTable = () => {
    endLine();
    if (tables.length >= maxTablesInside) return tables.push(null);
    grids += 1;
    const grid: Grid = { kind: 'grid', name: `表${grids}`, hidden: false, cells: [] };
    blocks.push(grid);
    return tables.push(openTable(grid));
  };
  const startCell = (attributes: Record<string, string>) => {
    cells += 1;
    const cell = tables.at(-1)?.addCell(attributes.rowspan, attributes.colspan);
    places.push(cell ? { cell, text: '', number: attributes['x:num'] } : null);
  };
  const endCell = () => {
    const place = places.pop();
    if (!place) return;
    const text = cellText(place);
    Object.assign(place.cell, { text, value: text || null });
    if (places.at(-1)) write(`${text}\t`); // a cell of a table inside a cell is read in both
  };

  return {
    isFull: () => isFull,
    onopentag(name: string, attributes: Record<string, string>) {
      depth += 1;
      if (depth > maxDepth) throw new Unreadable('unsafe', `网页结构嵌套超过 ${maxDepth} 层`);
      isFull ||= cells > maxCells;
      if (unseen.has(name)) unseenDepth += 1;
      if (isFull) return;
      if (lines.has(name)) endLine();
      else if (name === 'table') startTable();
      else if (name === 'tr') tables.at(-1)?.nextRow();
      else if (name === 'td' || name === 'th') startCell(attributes);
    },
    onclosetag(name: string) {
      depth -= 1;
      if (unseen.has(name)) unseenDepth = Math.max(0, unseenDepth - 1);
      else if (lines.has(name) && name !== 'br') endLine();
      else if (name === 'td' || name === 'th') endCell();
      else if (name === 'tr' && places.length > 0) endLine();
      else if (name === 'table') tables.pop();
    },
    ontext(text: string) {
      signs += text.length;
      isFull ||= signs > maxSigns;
      if (unseenDepth === 0 && !isFull) write(storable(text).replace(/[ \t\r\n]+/g, ' '));
    },
    finish(): Pick<Document, 'blocks' | 'cut'> {
      while (places.length > 0) endCell();
      endLine();
      const filled = blocks.filter((block) => block.kind === 'paragraph' || block.cells.length > 0);
      return { blocks: located(filled), cut: isFull };
    },
  };
}

/** Excel writes 4.1E+17 into the page and the number itself beside it (`x:num`). */
function cellText({ text, number }: Place): string {
  const shown = text
    .split('\n')
    .map((part) => part.replace(/\u00a0/g, ' ').trim())
    .join('\n')
    .trim();
  const isShortened = /^[\d.]+E[+-]?\d+$/i.test(shown) && number !== undefined && /^\d+$/.test(number);
  return isShortened ? number : shown;
}

function located(blocks: (Paragraph | Grid)[]): (Paragraph | Grid)[] {
  let count = 0;
  for (const block of blocks) if (block.kind === 'paragraph') block.location = `第${++count}段`;
  return blocks;
}
