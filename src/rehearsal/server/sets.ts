/**
 * The numbers of a sequence set (RFC 3501 §9) that are there. `n:*` always has the last one, however great n is.
 *
 * @param set `1:3,7,9:*`
 * @param numbers those there are, rising
 * @returns null when it is no set
 */
export function chosen(set: string, numbers: number[]): Set<number> | null {
  const ranges = set.split(',').map((part) => /^(\d+|\*)(?::(\d+|\*))?$/.exec(part));
  const last = numbers.at(-1) ?? 0;
  const wanted = new Set<number>();
  for (const range of ranges) {
    if (!range) return null;
    const ends = [range[1], range[2] ?? range[1]].map((end) => (end === '*' ? last : Number(end)));
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    for (const number of numbers) if (number >= low && number <= high) wanted.add(number);
  }
  return wanted;
}
