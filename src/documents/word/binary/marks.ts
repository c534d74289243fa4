import { pictureFont, symbol } from '../symbols.ts';
import { lumpOf, type WordFile } from './fib.ts';
import type { Piece } from './pieces.ts';
import { characterRuns, type Property } from './properties.ts';

const [deleted, hidden, symbolChar, pictureAt, font] = [0x0800, 0x083c, 0x6a09, 0x6a03, 0x4a4f];

/** What the formatting of single signs adds to the text. Keys are places of signs in the whole text. */
export type Marks = {
  /** Signs that are not seen: deleted under tracked changes, or hidden. */
  unseen: Uint8Array;
  /** Signs of a picture font in the place of a dummy. */
  symbols: Map<number, string>;
  /** Signs typed in a picture font: that font's name. */
  fonts: Map<number, string>;
  /** Inline pictures: the byte in the `Data` stream where their data begins. */
  pictures: Map<number, number>;
};

/** Reads the runs of characters for the few properties that change what is read. */
export function readMarks(file: WordFile, pieces: Piece[], signs: number): Marks {
  const marks: Marks = { unseen: new Uint8Array(signs), symbols: new Map(), fonts: new Map(), pictures: new Map() };
  const fonts = fontNames(lumpOf(file.table, file.fonts));
  for (const { from, to, properties } of characterRuns(file)) {
    if (properties.length === 0) continue;
    for (const piece of pieces) {
      const first = Math.max(piece.from, piece.from + Math.floor((from - piece.at) / piece.width));
      const end = Math.min(piece.to, piece.from + Math.ceil((to - piece.at) / piece.width));
      if (first < end) for (const property of properties) mark(marks, property, first, end, fonts);
    }
  }
  return marks;
}

function mark(marks: Marks, { code, operand }: Property, first: number, end: number, fonts: string[]): void {
  if ((code === deleted || code === hidden) && operand[0] === 1) marks.unseen.fill(1, first, end);
  if (code === pictureAt && operand.length >= 4) marks.pictures.set(first, operand.readUInt32LE(0));
  const name = code === font && operand.length >= 2 ? (fonts[operand.readUInt16LE(0)] ?? '') : '';
  if (pictureFont.test(name)) for (let place = first; place < end; place++) marks.fonts.set(place, name);
  if (code !== symbolChar || operand.length < 4) return;
  const sign = symbol(fonts[operand.readUInt16LE(0)] ?? '', operand.readUInt16LE(2));
  for (let place = first; place < end; place++) marks.symbols.set(place, sign);
}

/** Names of the font table ([MS-DOC] 2.9.286), by their number. */
function fontNames(table: Buffer): string[] {
  const names: string[] = [];
  for (let at = 4; at + 40 < table.length; at += 1 + (table[at] ?? 0)) {
    const entry = table.subarray(at, at + 1 + (table[at] ?? 0));
    names.push(entry.subarray(40).toString('utf16le').split('\0', 1)[0] ?? '');
  }
  return names;
}
