import { squeeze } from '../../text/squeeze.ts';
import type { Cell, Document, Grid } from '../document.ts';
import { unplaced } from './doubt.ts';

/**
 * Whether a converted file may stand for the file: it says something, and every word and every picture that we found
 * ourselves is in it.
 *
 * @param own our own reading; null when there was none
 */
export function isNoWorse(own: Document | null, converted: Document): boolean {
  const there = squeeze(textsOf(converted).join('\n'));
  if (there === '' || converted.cut) return false;
  const words = own ? textsOf(own).flatMap((text) => text.match(/[\p{L}\p{N}]+/gu) ?? []) : [];
  const pictures = new Set(converted.pictures.map(({ sha256 }) => sha256));
  const hasPicture = own?.pictures.every(({ sha256 }) => pictures.has(sha256)) ?? true;
  return hasPicture && words.every((word) => there.includes(squeeze(word)));
}

/**
 * Our own reading with its pictures in the cells where the converted file has the same pictures, byte for byte. Only in
 * a table that both read alike: the same words in the same order.
 *
 * @returns null when no picture found its place
 */
export function withPlaces(own: Document, converted: Document): Document | null {
  const twins = twinGrids(own, converted);
  const found = new Map<number, string>();
  for (const picture of unplaced(own)) {
    const location = converted.pictures.find(({ sha256 }) => sha256 === picture.sha256)?.location ?? '';
    if (twins.has(location)) found.set(own.pictures.indexOf(picture), location);
  }
  if (found.size === 0) return null;
  const inCell = (location: string) => [...found].flatMap(([index, at]) => (at === location ? [index] : []));
  const blocks = own.blocks.map((block) =>
    block.kind === 'grid'
      ? { ...block, cells: block.cells.map((cell) => withPictures(cell, inCell(cell.location))) }
      : block,
  );
  const pictures = own.pictures.map((picture, index) => ({
    ...picture,
    location: found.get(index) ?? picture.location,
  }));
  return { ...own, blocks, pictures };
}

const withPictures = (cell: Cell, more: number[]): Cell =>
  more.length > 0 ? { ...cell, pictures: [...cell.pictures, ...more] } : cell;

/** The places of all cells that stand in both, in tables whose words are the same. */
function twinGrids(own: Document, converted: Document): Set<string> {
  const others = new Map(gridsOf(converted).map((grid) => [grid.name, grid]));
  const places = gridsOf(own).flatMap((grid) => {
    const other = others.get(grid.name);
    if (!other || wordsOf(grid) !== wordsOf(other)) return [];
    const theirs = new Set(other.cells.map(({ location }) => location));
    return grid.cells.map(({ location }) => location).filter((location) => theirs.has(location));
  });
  return new Set(places);
}

const gridsOf = ({ blocks }: Document) => blocks.filter((block): block is Grid => block.kind === 'grid');
const wordsOf = ({ cells }: Grid) => squeeze(cells.map(({ text }) => text).join('\n')).replace(/[^\p{L}\p{N}]+/gu, '');

const textsOf = ({ blocks }: Document): string[] =>
  blocks.flatMap((block) => (block.kind === 'grid' ? block.cells.map(({ text }) => text) : [block.text]));
