import type { Flow } from '../flow.ts';
import type { Merge, RowShape } from '../grid.ts';
import { inFont } from '../symbols.ts';
import { openTeller } from '../teller.ts';
import type { Marks } from './marks.ts';
import { byteOf, type Piece } from './pieces.ts';
import { type Property, type Run, runAt } from './properties.ts';

const [inTable, rowEnd, depth, innerCell, innerRowEnd] = [0x2416, 0x2417, 0x6649, 0x244b, 0x244c];
const [tableShape, verticalMerge] = [0xd608, 0xd62b];
const cellMark = '\x07';
// biome-ignore lint/suspicious/noControlCharactersInRegex: these control characters are what ends a paragraph
const paragraphEnd = /[\r\x07\f]/g;

/** A paragraph and what its properties say of tables: how deep it lies, whether it ends a cell or row, or one that is none. */
type Told = {
  from: number;
  to: number;
  depth: number;
  isCellEnd: boolean;
  isRowEnd: boolean;
  isAstray: boolean;
  properties: Property[];
};

export type StorySource = {
  text: string;
  pieces: Piece[];
  paragraphs: Run[];
  marks: Marks;
  /** Index of the picture whose data begins at this byte of the `Data` stream; null when none is kept. */
  pictureOf: (byte: number) => number | null;
  /** What floats over the text, by the sign it is anchored at. */
  floating: ReadonlyMap<number, Floating>;
};

/** Pictures by their index, and texts as places of signs. */
export type Floating = { pictures: number[]; texts: [from: number, to: number][] };

/**
 * Tells one story (a range of signs) to a flow. Cells end with U+0007 and a row's shape stands behind its cells; tables
 * inside tables end theirs with a paragraph mark and a property ([MS-DOC] 2.4.3).
 */
export function tellStory(source: StorySource, from: number, to: number, flow: Flow): void {
  const teller = openTeller(flow);
  for (const told of paragraphsOf(source, from, to)) {
    if (told.isAstray) flow.doubt();
    if (told.isRowEnd) teller.endRow(told.depth, shapesOf(told.properties));
    else teller.paragraph(told.depth, told.isCellEnd, () => tellSigns(source, told.from, told.to, flow));
  }
  teller.end();
}

function* paragraphsOf({ text, pieces, paragraphs }: StorySource, from: number, to: number): Generator<Told> {
  const end = new RegExp(paragraphEnd);
  end.lastIndex = from;
  for (let start = from; start < to; start = end.lastIndex) {
    const stop = end.exec(text)?.index ?? to;
    if (stop >= to) break;
    const properties = runAt(paragraphs, byteOf(pieces, stop))?.properties ?? [];
    const isOn = (code: number) => properties.some((one) => one.code === code && one.operand[0] === 1);
    const level = properties.findLast((one) => one.code === depth && one.operand.length >= 4)?.operand.readUInt32LE(0);
    const told = isOn(inTable) || isOn(rowEnd) ? Math.max(1, level ?? 1) : 0;
    const isMark = text[stop] === cellMark;
    const isRowEnd = told > 1 ? isOn(innerRowEnd) : isOn(rowEnd);
    const isCellEnd = told > 1 ? isOn(innerCell) : isMark && told === 1;
    const isAstray = isMark && told === 0;
    yield { from: start, to: stop, depth: told, isCellEnd, isRowEnd, isAstray, properties };
  }
}

/** Signs that Word keeps in the text for its own ends, and what a person sees in their place. */
const plain: Record<string, string> = { '\x0b': '\n', '\x0e': '\n', '\x1e': '-', '\xa0': ' ', '\t': '\t' };
const [fieldBegin, fieldResult, fieldEnd] = ['\x13', '\x14', '\x15'];

function tellSigns(source: StorySource, from: number, to: number, flow: Flow): void {
  const { text, marks, pictureOf, floating } = source;
  const fields: boolean[] = []; // for each open field: whether its code is over and its result is shown
  let words = '';
  for (let place = from; place < to; place++) {
    const sign = text[place] ?? '';
    if (sign === fieldBegin) fields.push(false);
    else if (sign === fieldResult) fields.splice(-1, 1, true);
    else if (sign === fieldEnd) fields.pop();
    else if (marks.unseen[place] || fields.includes(false)) continue;
    else if (floating.has(place)) tellFloating(source, floating.get(place), flow);
    else if (sign >= ' ' && sign !== '\xa0')
      words += marks.symbols.get(place) ?? inFont(marks.fonts.get(place) ?? '', sign);
    else if (marks.pictures.has(place)) {
      const index = pictureOf(marks.pictures.get(place) ?? -1);
      if (index !== null) flow.picture(index);
    } else words += marks.symbols.get(place) ?? plain[sign] ?? '';
  }
  flow.write(words);
}

function tellFloating(source: StorySource, shape: Floating | undefined, flow: Flow): void {
  for (const index of shape?.pictures ?? []) flow.picture(index);
  for (const [from, to] of shape?.texts ?? []) {
    flow.openBox();
    tellStory({ ...source, floating: new Map() }, from, to, flow);
    flow.closeBox();
  }
}

/** The cells of a row: edges from sprmTDefTable ([MS-DOC] 2.9.302), merges from the flags of each cell. */
function shapesOf(properties: Property[]): RowShape[] {
  const shape = properties.findLast((one) => one.code === tableShape)?.operand;
  const count = shape?.[0] ?? 0;
  if (!shape || shape.length < 1 + (count + 1) * 2) return [];
  const flags = (cell: number) => {
    const at = 1 + (count + 1) * 2 + cell * 20;
    return at + 2 <= shape.length ? shape.readUInt16LE(at) : 0;
  };
  const shapes: RowShape[] = [];
  for (let cell = 0; cell < count; cell++)
    shapes.push({
      edges: [shape.readInt16LE(1 + cell * 2), shape.readInt16LE(3 + cell * 2)],
      merge: mergeOf((flags(cell) >> 5) & 3),
      isMergedLeft: (flags(cell) & 3) === 1,
    });
  for (const { code, operand } of properties) {
    const merged = code === verticalMerge ? shapes[operand[0] ?? -1] : undefined;
    if (merged) merged.merge = mergeOf(operand[1] ?? 0);
  }
  return shapes;
}

function mergeOf(bits: number): Merge {
  if (bits === 1) return 'continue';
  return bits === 0 ? 'none' : 'restart';
}
