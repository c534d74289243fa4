import type { Streams } from '../../office/ole.ts';
import { Unreadable } from '../../unreadable.ts';

/** A range of bytes in the table stream. */
export type Lump = { at: number; length: number };

/** What the file information block of a Word 97–2003 file says ([MS-DOC] 2.5), and the streams it speaks of. */
export type WordFile = {
  text: Buffer;
  table: Buffer;
  data: Buffer;
  /** Lengths in signs of the stories, which follow one another: body, footnotes, headers, and so on. */
  stories: { body: number; footnotes: number; headers: number; comments: number; endnotes: number; boxes: number };
  pieces: Lump;
  characterRuns: Lump;
  paragraphRuns: Lump;
  sections: Lump;
  fonts: Lump;
  /** Where floating shapes are anchored in the body, what they are, and the text in them. */
  anchors: Lump;
  drawings: Lump;
  boxes: Lump;
};

const [word95Mark, word97Mark, word97] = [0xa5dc, 0xa5ec, 0xc1];
/** Index of each pair (fc, lcb) in FibRgFcLcb97, which begins at byte 154. */
const pair = (word: Buffer, index: number): Lump => ({
  at: word.readUInt32LE(154 + index * 8),
  length: word.readUInt32LE(158 + index * 8),
});

/**
 * Reads the block at the start of the `WordDocument` stream.
 * @throws Unreadable `unsupported` for Word 6 and 95, whose block is another one
 */
export function readFib(streams: Streams): WordFile {
  const word = streams.get('WordDocument') ?? Buffer.alloc(0);
  const [mark, version] = word.length >= 0x200 ? [word.readUInt16LE(0), word.readUInt16LE(2)] : [0, 0];
  if (mark === word95Mark || (mark === word97Mark && version < word97))
    throw new Unreadable('unsupported', 'Word 95 或更早的文件');
  if (mark !== word97Mark) throw new Unreadable('corrupt', '文件头不完整');
  const isSecond = (word.readUInt16LE(10) & 0x0200) !== 0;
  const table = streams.get(isSecond ? '1Table' : '0Table');
  if (!table) throw new Unreadable('corrupt', '文件里缺少表格流');
  const signs = (at: number) => Math.max(0, word.readInt32LE(at));
  return {
    text: word,
    table,
    data: streams.get('Data') ?? Buffer.alloc(0),
    stories: {
      body: signs(0x4c),
      footnotes: signs(0x50),
      headers: signs(0x54),
      comments: signs(0x5c),
      endnotes: signs(0x60),
      boxes: signs(0x64),
    },
    pieces: pair(word, 33),
    characterRuns: pair(word, 12),
    paragraphRuns: pair(word, 13),
    sections: pair(word, 6),
    fonts: pair(word, 15),
    anchors: pair(word, 40),
    drawings: pair(word, 50),
    boxes: pair(word, 56),
  };
}

/** The bytes of a lump, or as many as there are. */
export function lumpOf(table: Buffer, { at, length }: Lump): Buffer {
  return table.subarray(at, at + length);
}
