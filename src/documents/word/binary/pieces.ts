import { Unreadable } from '../../unreadable.ts';
import { lumpOf, type WordFile } from './fib.ts';

/** A stretch of signs that lie together in the file: signs `from`–`to` begin at byte `at`, one or two bytes each. */
export type Piece = { from: number; to: number; at: number; width: 1 | 2 };

/** A document of a thousand pages; beyond it the directory lies. */
const maxSigns = 8e6;

/** Where each sign of the document lies: an edited file keeps its text in pieces, in no order ([MS-DOC] 2.4.1). */
export function readPieces({ text, table, pieces }: Pick<WordFile, 'text' | 'table' | 'pieces'>): Piece[] {
  const clx = lumpOf(table, pieces);
  let at = 0;
  while (clx[at] === 1 && at + 3 <= clx.length) at += 3 + clx.readUInt16LE(at + 1); // property lists of fast saves
  if (clx[at] !== 2 || at + 5 > clx.length) throw new Unreadable('corrupt', '文件里缺少文字目录');
  const plc = clx.subarray(at + 5, at + 5 + clx.readUInt32LE(at + 1));
  const count = Math.floor((plc.length - 4) / 12);
  const found: Piece[] = [];
  for (let index = 0; index < count; index++) {
    const [from, to] = [plc.readUInt32LE(index * 4), plc.readUInt32LE(index * 4 + 4)];
    const fc = plc.readUInt32LE((count + 1) * 4 + index * 8 + 2);
    const isNarrow = (fc & 0x40000000) !== 0;
    const piece: Piece = isNarrow
      ? { from, to, at: (fc & 0x3fffffff) / 2, width: 1 }
      : { from, to, at: fc & 0x3fffffff, width: 2 };
    const isInOrder = from >= (found.at(-1)?.to ?? 0) && to <= maxSigns;
    if (isInOrder && to > from && piece.at + (to - from) * piece.width <= text.length) found.push(piece);
  }
  if (found.length === 0) throw new Unreadable('corrupt', '文件里没有文字');
  return found;
}

const western = new TextDecoder('windows-1252');

/** All the text, stories one behind another. Signs of a piece that the file lost are spaces, so that places stay true. */
export function textOf(word: Buffer, pieces: Piece[]): string {
  let text = '';
  for (const { from, to, at, width } of pieces) {
    text = text.padEnd(from, ' ');
    const bytes = word.subarray(at, at + (to - from) * width);
    text += width === 2 ? bytes.toString('utf16le') : western.decode(bytes);
  }
  return text;
}

/** The byte at which a sign lies; -1 for none. */
export function byteOf(pieces: Piece[], sign: number): number {
  const piece = pieces.find(({ from, to }) => from <= sign && sign < to);
  return piece ? piece.at + (sign - piece.from) * piece.width : -1;
}
