import { parse } from 'csv-parse/sync';
import { decodeText } from '../text/charset.ts';
import type { Cell, Document } from './document.ts';
import { storable } from './storable.ts';

const maxBytes = 4e6;
const maxRows = 20_000;

/** Reads a text that is a table (`csv-name.ts`) as one grid; empty cells are left out, as a workbook leaves them out. */
export function readCsv(bytes: Buffer): Document {
  const text = storable(decodeText(bytes.subarray(0, maxBytes)).text);
  const rows = rowsIn(text);
  const cells = rows
    .slice(0, maxRows)
    .flatMap((row, at) => row.flatMap((value, index) => cellOf(value, at + 1, index + 1)));
  const cut = bytes.length > maxBytes || rows.length > maxRows;
  return {
    blocks: [{ kind: 'grid', name: '', hidden: false, cells }],
    pictures: [],
    page: null,
    pages: null,
    scan: false,
    cut,
  };
}

function rowsIn(text: string): string[][] {
  const delimiter = text.slice(0, 4_000).includes('\t') ? '\t' : [',', '，'];
  const options = { delimiter, trim: true, relax_quotes: true, relax_column_count: true, skip_empty_lines: false };
  try {
    return parse(text, options);
  } catch {
    return parse(text, { ...options, quote: null }); // a quote that never closes is a sign like any other
  }
}

function cellOf(text: string, row: number, column: number): Cell[] {
  if (text === '') return [];
  const location = `第${row}行第${column}列`;
  return [{ row, column, rowSpan: 1, columnSpan: 1, text, value: text, date: null, location, pictures: [] }];
}
