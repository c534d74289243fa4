import type { Rule } from './drawn.ts';

/** A cell's place in points and in the table's rows and columns, from 1. */
export type Box = {
  row: number;
  column: number;
  rowSpan: number;
  columnSpan: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
};
export type Lattice = { boxes: Box[]; columns: number[]; left: number; right: number; top: number; bottom: number };

/** Lines nearer than this are one: both edges of a line drawn as a box, cells that a program rounds apart. */
const near = 3;
const maxLines = 400;

/**
 * The tables that the lines of a page draw. Neighbouring fields with no line between them are one merged cell; where
 * that gives no rectangle the lines are no clean table, and none is told.
 */
export function latticesOf(across: readonly Rule[], down: readonly Rule[]): Lattice[] {
  if (across.length === 0 || down.length === 0) return [];
  const [rows, columns] = [joined(across), joined(down)];
  if (rows.length > maxLines || columns.length > maxLines) return [];
  return groups(rows, columns).flatMap(({ across: own, down: sides }) => latticeOf(own, sides) ?? []);
}

/** Stretches of one line become one; a page draws each cell's edges apart. */
function joined(rules: readonly Rule[]): Rule[] {
  const lines: Rule[][] = [];
  for (const rule of [...rules].sort((a, b) => a.at - b.at)) {
    const line = lines.at(-1);
    const first = line?.[0];
    if (line && first && rule.at - first.at <= near) line.push(rule);
    else lines.push([rule]);
  }
  return lines.flatMap((line) => {
    const at = line.reduce((sum, rule) => sum + rule.at, 0) / line.length;
    const runs: Rule[] = [];
    for (const { from, to } of [...line].sort((a, b) => a.from - b.from)) {
      const run = runs.at(-1);
      if (run && from <= run.to + near) run.to = Math.max(run.to, to);
      else runs.push({ at, from, to });
    }
    return runs;
  });
}

type Group = { across: Rule[]; down: Rule[] };

/** Lines that meet belong to one table. */
function groups(across: readonly Rule[], down: readonly Rule[]): Group[] {
  let found: Group[] = across.map((rule) => ({ across: [rule], down: [] }));
  for (const side of down) {
    const met = found.filter(({ across: lines }) => lines.some((line) => meet(line, side)));
    if (met.length === 0) continue;
    const one = { across: met.flatMap((group) => group.across), down: [...met.flatMap((group) => group.down), side] };
    found = [...found.filter((group) => !met.includes(group)), one];
  }
  return found.filter((group) => group.across.length >= 2 && group.down.length >= 2);
}

const within = (at: number, { from, to }: Rule) => at >= from - near && at <= to + near;
const meet = (line: Rule, side: Rule) => within(side.at, line) && within(line.at, side);

function latticeOf(across: readonly Rule[], down: readonly Rule[]): Lattice | null {
  const [ys, xs] = [placesOf(across), placesOf(down)];
  const [rows, columns] = [ys.length - 1, xs.length - 1];
  if (rows < 1 || columns < 1 || rows * columns < 2 || rows * columns > 10_000) return null;
  const open = (rules: readonly Rule[], at: number, middle: number) =>
    !rules.some((rule) => Math.abs(rule.at - at) <= near && rule.from <= middle && middle <= rule.to);
  const middle = (places: readonly number[], index: number) => ((places[index] ?? 0) + (places[index + 1] ?? 0)) / 2;
  const heads = Array.from({ length: rows * columns }, (_, place) => place);
  const head = (place: number): number => (heads[place] === place ? place : head(heads[place] ?? place));
  for (let row = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) {
      const place = row * columns + column;
      if (column + 1 < columns && open(down, xs[column + 1] ?? 0, middle(ys, row)))
        heads[head(place + 1)] = head(place);
      if (row + 1 < rows && open(across, ys[row + 1] ?? 0, middle(xs, column)))
        heads[head(place + columns)] = head(place);
    }
  const boxes = boxesOf(heads.map(head), xs, ys);
  return (
    boxes && { boxes, columns: xs, left: xs[0] ?? 0, right: xs.at(-1) ?? 0, top: ys[0] ?? 0, bottom: ys.at(-1) ?? 0 }
  );
}

const placesOf = (rules: readonly Rule[]) =>
  [...rules]
    .map(({ at }) => at)
    .sort((a, b) => a - b)
    .filter((at, index, all) => index === 0 || at - (all[index - 1] ?? 0) > near);

/** @returns null when fields without a line between them make no rectangle */
function boxesOf(heads: readonly number[], xs: readonly number[], ys: readonly number[]): Box[] | null {
  const columns = xs.length - 1;
  const places = new Map<number, number[]>();
  for (const [place, head] of heads.entries()) places.set(head, [...(places.get(head) ?? []), place]);
  const boxes: Box[] = [];
  for (const fields of places.values()) {
    const [rows, cols] = [fields.map((field) => Math.floor(field / columns)), fields.map((field) => field % columns)];
    const [row, column] = [Math.min(...rows), Math.min(...cols)];
    const [rowSpan, columnSpan] = [Math.max(...rows) - row + 1, Math.max(...cols) - column + 1];
    if (rowSpan * columnSpan !== fields.length) return null;
    const edges = {
      left: xs[column] ?? 0,
      right: xs[column + columnSpan] ?? 0,
      top: ys[row] ?? 0,
      bottom: ys[row + rowSpan] ?? 0,
    };
    boxes.push({ row: row + 1, column: column + 1, rowSpan, columnSpan, ...edges });
  }
  return boxes.sort((a, b) => a.row - b.row || a.column - b.column);
}
