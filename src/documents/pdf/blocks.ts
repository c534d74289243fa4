import type { Cell, Grid, Paragraph } from '../document.ts';
import type { Drawn, Frame, Sign } from './drawn.ts';
import { type Box, type Lattice, latticesOf } from './lattice.ts';
import { cellText, isBreak, lineText } from './printed-text.ts';

/** A table of a page with the places of its columns, by which it is known again on the next page. */
export type PageGrid = { grid: Grid; columns: number[] };
export type PageBlock = { paragraph: Paragraph } | PageGrid;

/**
 * A page whose lines draw tables, as paragraphs and grids in the order of its text.
 *
 * @param page from 1
 * @returns null when there is no table, or signs lie across its lines: then nothing is claimed of cells
 */
export function blocksOf({ signs, across, down, pictures }: Drawn, page: number): PageBlock[] | null {
  const lattices = latticesOf(across, down).filter(({ boxes }) => boxes.length >= 2);
  if (lattices.length === 0) return null;
  const held = new Map<Lattice, Map<Box, Sign[]>>();
  const lines: Sign[][] = [[]];
  const order: (Lattice | Sign[])[] = [];
  for (const sign of signs) {
    const [x, y] = [(sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2];
    const lattice = isBreak(sign) ? undefined : lattices.find((each) => holds(each, x, y));
    if (!lattice) {
      const line = lines.at(-1) ?? [];
      if (isBreak(sign) || order.at(-1) !== line) lines.push([]);
      const own = lines.at(-1) ?? [];
      if (isBreak(sign)) continue;
      own.push(sign);
      if (order.at(-1) !== own) order.push(own);
      continue;
    }
    const box = lattice.boxes.find((each) => holds(each, x, y));
    if (!box) return null;
    if (!held.has(lattice)) order.push(lattice);
    const cells = held.get(lattice) ?? new Map<Box, Sign[]>();
    cells.set(box, [...(cells.get(box) ?? []), sign]);
    held.set(lattice, cells);
  }
  return numbered(order, held, pictures, page);
}

/** A picture may be a photo, a seal or a scanned answer: the cell is not empty, whatever it shows. */
const pasted = '[图片]';
const isIn = ({ left, right, top, bottom }: Frame, box: Box) => holds(box, (left + right) / 2, (top + bottom) / 2);

const holds = ({ left, right, top, bottom }: Box | Lattice, x: number, y: number) =>
  x >= left && x <= right && y >= top && y <= bottom;

function numbered(
  order: (Lattice | Sign[])[],
  held: Map<Lattice, Map<Box, Sign[]>>,
  pictures: Frame[],
  page: number,
): PageBlock[] {
  let [lines, tables] = [0, 0];
  return order.flatMap((each): PageBlock[] => {
    if (!Array.isArray(each)) return [gridOf(each, held.get(each) ?? new Map(), pictures, `第${page}页表${++tables}`)];
    const text = lineText(each);
    if (text === '') return [];
    return [{ paragraph: { kind: 'paragraph', text, location: `第${page}页第${++lines}行`, pictures: [] } }];
  });
}

function gridOf(
  { boxes, columns }: Lattice,
  held: ReadonlyMap<Box, Sign[]>,
  pictures: Frame[],
  name: string,
): PageGrid {
  const ordinals = new Map<number, number>();
  const cells = boxes.map((box): Cell => {
    const { row, column, rowSpan, columnSpan } = box;
    const ordinal = boxes.filter(
      (each) => each.row <= row && row < each.row + each.rowSpan && each.column <= column,
    ).length;
    ordinals.set(row, ordinal);
    const text = cellText(held.get(box) ?? [], box) || (pictures.some((picture) => isIn(picture, box)) ? pasted : '');
    const location = `${name}第${row}行第${ordinal}列`;
    return { row, column, rowSpan, columnSpan, text, value: text || null, date: null, location, pictures: [] };
  });
  return { grid: { kind: 'grid', name, hidden: false, cells }, columns };
}
