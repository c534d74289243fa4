import { squeeze } from '../../text/squeeze.ts';
import type { Document } from '../document.ts';

/**
 * Whether a converted file may stand for the file: it says something, and every line, every cell that says something
 * and every picture that we found ourselves is in it. Where a table contradicts itself LibreOffice, too, may read two
 * cells as one.
 *
 * @param own our own reading; null when there was none
 */
export function isNoWorse(own: Document | null, converted: Document): boolean {
  const there = new Set(linesOf(converted));
  if (there.size === 0 || converted.cut) return false;
  if (!own) return true;
  const pictures = new Set(converted.pictures.map(({ sha256 }) => sha256));
  return (
    own.pictures.every(({ sha256 }) => pictures.has(sha256)) &&
    linesOf(own).every((line) => there.has(line)) &&
    filledCells(own) <= filledCells(converted)
  );
}

const linesOf = ({ blocks }: Document): string[] =>
  blocks
    .flatMap((block) => (block.kind === 'grid' ? block.cells.map(({ text }) => text) : [block.text]))
    .flatMap((text) => text.split(/[\n\t]/))
    .map((line) => squeeze(line))
    .filter((line) => line !== '');

const filledCells = ({ blocks }: Document): number =>
  blocks.reduce((sum, block) => sum + (block.kind === 'grid' ? block.cells.filter(({ text }) => text).length : 0), 0);
