import { decodeText } from '../text/charset.ts';
import type { Document } from './document.ts';
import { storable } from './storable.ts';

const maxBytes = 4e6;
const maxLines = 20_000;

/** A plain text: each line that says something is a paragraph, named by its line number. Tabs and commas stay text. */
export function readText(bytes: Buffer): Document {
  const lines = storable(decodeText(bytes.subarray(0, maxBytes)).text).split(/\r\n?|\n/);
  const blocks: Document['blocks'] = [];
  for (const [index, line] of lines.slice(0, maxLines).entries())
    if (line.trim()) blocks.push({ kind: 'paragraph', text: line.trim(), location: `第${index + 1}行`, pictures: [] });
  const cut = bytes.length > maxBytes || lines.length > maxLines;
  return { blocks, pictures: [], page: null, pages: null, scan: false, cut };
}
