import type { Document, Paragraph } from '../document.ts';
import { carve } from '../office/carve.ts';
import { type Album, holdersIn, openAlbum, placeOf } from '../office/media.ts';
import { openOle } from '../office/ole.ts';
import { Unreadable } from '../unreadable.ts';
import { lumpOf, readFib, type WordFile } from './binary/fib.ts';
import { readMarks } from './binary/marks.ts';
import { readPieces, textOf } from './binary/pieces.ts';
import { paragraphRuns, propertiesIn } from './binary/properties.ts';
import { readShapes, type Shape } from './binary/shapes.ts';
import { type Floating, type StorySource, tellStory } from './binary/story.ts';
import { readExtracted } from './extracted.ts';
import { openFlow } from './flow.ts';

const [pageWidth, pageHeight] = [0xb01f, 0xb020];
const millimetresATwip = 25.4 / 1_440;

/**
 * Reads a .doc or .wps of Word 97 or later from its own bytes ([MS-DOC]): cells with their merges, tables in tables,
 * inline pictures in their place. The library for it loses row ends, and with them every list: it is asked second.
 *
 * @throws Unreadable `corrupt`, `unsupported` (Word 95 and before)
 */
export async function readDoc(bytes: Buffer, album = openAlbum()): Promise<Document> {
  try {
    return await readBinary(bytes, album);
  } catch (error) {
    if (error instanceof Unreadable && error.reason !== 'corrupt') throw error;
    return readExtracted(bytes); // throws by itself when it finds no text either
  }
}

async function readBinary(bytes: Buffer, album: Album): Promise<Document> {
  const file = readFib(openOle(bytes));
  const pictureOf = albumInline(file, album);
  const over = carve(file.text, '浮动图片').map(({ offset, ...picture }) => ({ offset, index: album.add(picture) }));
  const { blocks, cut, rough } = storiesOf(file, pictureOf, over);
  const pictures = await album.develop((index) => placeOf(blocks, index));
  return { blocks, pictures, page: pageOf(file), pages: null, scan: false, cut: cut || album.isCut(), rough };
}

type Carved = { offset: number; index: number | null };

/** What floats over the body, by the sign it is anchored at. */
function floatingIn(shapes: readonly Shape[], over: readonly Carved[]): Map<number, Floating> {
  const floating = new Map<number, Floating>();
  for (const { place, pictures, text } of shapes) {
    const known = floating.get(place) ?? { pictures: [], texts: [] };
    const shown = over.filter(({ offset }) => pictures.some(([from, to]) => offset >= from && offset < to));
    floating.set(place, {
      pictures: [...known.pictures, ...shown.flatMap(({ index }) => index ?? [])],
      texts: text ? [...known.texts, text] : known.texts,
    });
  }
  return floating;
}

/** Inline pictures lie in the `Data` stream, each behind a header that says how long it is ([MS-DOC] 2.9.190). */
function albumInline({ data }: WordFile, album: Album): (byte: number) => number | null {
  const kept = carve(data, '图片').map(({ offset, ...picture }) => ({ offset, index: album.add(picture) }));
  return (byte) => {
    const end = byte >= 0 && byte + 4 <= data.length ? byte + data.readUInt32LE(byte) : 0;
    return kept.find(({ offset }) => offset >= byte && offset < end)?.index ?? null;
  };
}

/** The body as it flows; the stories behind it as paragraphs that say where they stand. */
function storiesOf(file: WordFile, pictureOf: StorySource['pictureOf'], over: readonly Carved[]): Told {
  const pieces = readPieces(file);
  const text = textOf(file.text, pieces);
  const marks = readMarks(file, pieces, text.length);
  const { body, footnotes, headers, comments, endnotes, boxes } = file.stories;
  const shapes = readShapes(file, text, body + footnotes + headers + comments + endnotes);
  const floating = floatingIn(shapes, over);
  const source = { text, pieces, paragraphs: paragraphRuns(file), marks, pictureOf, floating };
  const { blocks, ...found } = told(source, 0, body);
  let at = body;
  for (const [signs, location] of [
    [footnotes, '脚注'],
    [headers, '页眉或页脚'],
    [comments, ''],
    [endnotes, '尾注'],
  ] as const) {
    if (location) blocks.push(...paragraphsOf(told(source, at, at + signs).blocks, location));
    at += signs;
  }
  for (const [from, to] of besides(shapes, at, at + boxes))
    blocks.push(...paragraphsOf(told(source, from, to).blocks, '文本框'));
  return { blocks, ...found };
}

/** What of the story of text boxes is told nowhere else: those that hang on a header, or that nothing holds. */
function besides(shapes: readonly Shape[], from: number, to: number): [number, number][] {
  const anchored = shapes.flatMap(({ text }) => (text ? [text] : [])).sort(([a], [b]) => a - b);
  const edges = [from, ...anchored.flat(), to];
  return anchored.length === 0 ? [[from, to]] : pairs(edges).filter(([start, end]) => start < end);
}

const pairs = (edges: readonly number[]): [number, number][] =>
  edges.flatMap((edge, index) => (index % 2 === 0 ? [[edge, edges[index + 1] ?? edge] as [number, number]] : []));

type Told = { blocks: Document['blocks']; cut: boolean; rough: boolean };

function told(source: StorySource, from: number, to: number): Told {
  const flow = openFlow();
  tellStory(source, from, Math.min(to, source.text.length), flow);
  return flow.finish();
}

function paragraphsOf(blocks: Document['blocks'], location: string): Paragraph[] {
  return holdersIn(blocks).map(({ text, pictures }) => ({ kind: 'paragraph', text, location, pictures }));
}

/** The page of the first section, only where the file says it: what it leaves out is American letter paper. */
function pageOf({ text, table, sections }: WordFile): Document['page'] {
  const plc = lumpOf(table, sections);
  const count = Math.floor((plc.length - 4) / 16);
  const at = count > 0 ? plc.readUInt32LE((count + 1) * 4 + 2) : text.length;
  if (at + 2 > text.length) return null;
  const properties = propertiesIn(text.subarray(at + 2, at + 2 + text.readUInt16LE(at)));
  const side = (code: number) => {
    const operand = properties.findLast((one) => one.code === code)?.operand;
    return operand && operand.length >= 2 ? Math.round(operand.readUInt16LE(0) * millimetresATwip) : 0;
  };
  const [widthMm, heightMm] = [side(pageWidth), side(pageHeight)];
  return widthMm > 0 && heightMm > 0 ? { widthMm, heightMm } : null;
}
