/** The parts of one divided archive among some files: indexes in the order of the parts, and the names that are not there. */
export type Divided = {
  /** The part whose name stands for the whole: `.part1.rar`, `.rar`, `.001`, `.zip`. Null when it is not there. */
  first: number | null;
  /** The others, in the order in which they are read. */
  others: number[];
  /** Names of parts known to be wanted; that later ones are wanted only opening it can tell. */
  missing: string[];
};

type Part = { stem: string; order: number; style: Style };
/** How a maker numbers its parts: which is the first number, and the name of each. */
type Style = { kind: string; first: number; nameOf: (stem: string, order: number) => string };

const digits = (order: number, width: number) => String(order).padStart(width, '0');
/** The one without a number comes last in a zip, and first in a rar of before 2000. */
const main = 0;
const numbered = (width: number): Style => ({
  kind: 'cut',
  first: 1,
  nameOf: (stem, order) => `${stem}.${digits(order, width)}`,
});
/** As many digits as the first has: RAR goes on from `.part9.rar` to `.part10.rar`. */
const rarParts = (width: number): Style => ({
  kind: 'rar',
  first: 1,
  nameOf: (stem, order) => `${stem}.part${digits(order, width)}.rar`,
});
const withMain = (whole: string, letter: string, from: number): Style => ({
  kind: letter,
  first: main,
  nameOf: (stem, order) => `${stem}.${order === main ? whole : `${letter}${digits(order - 1 + from, 2)}`}`,
});
const oldRar = withMain('rar', 'r', 0);
const diskZip = withMain('zip', 'z', 1);

/** `材料.7z.001`, `材料.part2.rar`, `材料.rar` beside `材料.r00`, `材料.zip` beside `材料.z01`. */
function partOf(path: string): Part | null {
  const rar = /^(.*)\.part(\d{1,3})\.rar$/is.exec(path);
  if (rar) return part(rar, Number(rar[2]), rarParts((rar[2] ?? '').length));
  const cut = /^(.*\.(?:7z|zip|rar))\.(\d{3})$/is.exec(path);
  if (cut) return part(cut, Number(cut[2]), numbered(3));
  const old = /^(.*)\.r(?:(\d{2})|ar)$/is.exec(path);
  if (old) return part(old, old[2] ? Number(old[2]) + 1 : main, oldRar);
  const disk = /^(.*)\.z(?:(\d{2})|ip)$/is.exec(path);
  return disk ? part(disk, disk[2] ? Number(disk[2]) : main, diskZip) : null;
}

const part = ([, stem = '']: string[], order: number, style: Style): Part => ({ stem, order, style });

/** Whether the name alone tells a part: `材料.rar` may be whole. */
export function isPartName(name: string): boolean {
  return (partOf(name)?.order ?? main) !== main;
}

/** The style a divided archive's name stands for; null where the parts are simply one file, cut. */
export function styleOf(name: string): 'cut' | 'rar' | 'old rar' | 'disks' {
  if (/\.\d{3}$/.test(name)) return 'cut';
  if (/\.zip$/i.test(name)) return 'disks';
  return /\.part\d+\.rar$/i.test(name) ? 'rar' : 'old rar';
}

/** Finds the divided archives among files that came together, by their names alone. */
export function dividedArchives(paths: readonly string[]): Divided[] {
  const groups = new Map<string, (Part & { index: number })[]>();
  for (const [index, path] of paths.entries()) {
    const found = partOf(path);
    if (!found) continue;
    const key = `${found.style.kind} ${found.stem.toLowerCase()}`;
    groups.set(key, [...(groups.get(key) ?? []), { ...found, index }]);
  }
  return [...groups.values()].flatMap((parts) => (parts.every(({ order }) => order === main) ? [] : [divided(parts)]));
}

function divided(parts: (Part & { index: number })[]): Divided {
  const inOrder = [...parts].sort((a, b) => a.order - b.order);
  const [{ stem, style } = { stem: '', style: oldRar }] = inOrder;
  const there = new Map(inOrder.map(({ order, index }) => [order, index]));
  const last = Math.max(...there.keys());
  const wanted = Array.from({ length: last - style.first + 1 }, (_, at) => style.first + at);
  return {
    first: there.get(style.first) ?? null,
    others: inOrder.filter(({ order }) => order !== style.first).map(({ index }) => index),
    missing: wanted.filter((order) => !there.has(order)).map((order) => style.nameOf(stem, order)),
  };
}
