import { type Attributes, attribute } from '../office/attributes.ts';

/** Millimetres of one unit of ST_TwipsMeasure; strict OOXML writes `420mm` where Word writes twentieths of a point. */
const units: Record<string, number> = { mm: 1, cm: 10, in: 25.4, pt: 25.4 / 72, pc: 25.4 / 6, pi: 25.4 / 6 };
const twip = 25.4 / 1_440;

/** The page of w:pgSz in whole millimetres, as it lies (A3 landscape is 420 × 297); null when a side is missing. */
export function pageSize(attributes: Attributes): { widthMm: number; heightMm: number } | null {
  const widthMm = millimetres(attribute(attributes, 'w'));
  const heightMm = millimetres(attribute(attributes, 'h'));
  return widthMm && heightMm ? { widthMm, heightMm } : null;
}

function millimetres(measure: string | null): number | null {
  const [, number, unit] = /^([\d.]+)(mm|cm|in|pt|pc|pi)?$/.exec(measure ?? '') ?? [];
  if (!number) return null;
  return Math.round(Number(number) * (unit ? (units[unit] ?? 0) : twip)) || null;
}
