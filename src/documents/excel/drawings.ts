import { attribute } from '../office/attributes.ts';
import type { Package } from '../office/package.ts';
import { walkXml } from '../office/xml.ts';

/** A picture anchored in a sheet: the cell (from 1) in its middle, and the relation id of its bytes. */
export type Anchored = { row: number; column: number; relationId: string };

/**
 * The pictures of `xl/drawings/drawing*.xml`. A photo dragged onto its cell often begins a little outside, so the cell
 * that counts is the one in the middle between both corners.
 */
export function readDrawing(drawing: Buffer): Anchored[] {
  const found: Anchored[] = [];
  const path: string[] = [];
  let corners = { from: { col: 0, row: 0 }, to: { col: 0, row: 0 }, isWhole: false };
  walkXml(drawing, {
    open: (name, attributes) => {
      path.push(name);
      if (name.endsWith('Anchor')) corners = { from: { col: 0, row: 0 }, to: { col: 0, row: 0 }, isWhole: false };
      if (name === 'to') corners.isWhole = true;
      const relationId = name === 'blip' ? attribute(attributes, 'embed') : null;
      if (relationId) found.push({ ...middle(corners), relationId });
    },
    close: () => path.pop(),
    text: (text) => {
      const [corner, side] = path.slice(-2);
      if ((corner === 'from' || corner === 'to') && (side === 'col' || side === 'row'))
        corners[corner][side] = Number.parseInt(text, 10) || 0;
    },
  });
  return found;
}

type Corner = { col: number; row: number };

function middle({ from, to, isWhole }: { from: Corner; to: Corner; isWhole: boolean }): {
  row: number;
  column: number;
} {
  if (!isWhole) return { row: from.row + 1, column: from.col + 1 };
  return { row: Math.floor((from.row + to.row) / 2) + 1, column: Math.floor((from.col + to.col) / 2) + 1 };
}

/** Pictures that WPS keeps inside cells (`=DISPIMG("ID_…",1)`), by that id: relation ids of `xl/cellimages.xml`. */
export function readCellImages(part: Buffer): Map<string, string> {
  const images = new Map<string, string>();
  let id = '';
  walkXml(part, {
    open: (name, attributes) => {
      if (name === 'cNvPr') id = attribute(attributes, 'name') ?? '';
      const relationId = name === 'blip' ? attribute(attributes, 'embed') : null;
      if (relationId) images.set(id, relationId);
    },
  });
  return images;
}

/** The part behind a relation of a given kind, where there is one. */
export async function relatedPart(office: Package, from: string, type: RegExp): Promise<string | null> {
  const relation = (await office.relations(from)).find((one) => type.test(one.type) && office.has(one.target));
  return relation?.target ?? null;
}
