import { lumpOf, type WordFile } from './fib.ts';

/** One property change ([MS-DOC] 2.6): which, and its operand. */
export type Property = { code: number; operand: Buffer };

/** The properties of the bytes `from`–`to` of the text stream. */
export type Run = { from: number; to: number; properties: Property[] };

const pageBytes = 512;
const tableShape = 0xd608;
const hugeList = new Set([0x6645, 0x6646]);
/** Where Word since 2000 keeps a row's shape, often beside the short form for older readers (sprmPTableProps). */
const tableList = 0x646b;

/** The runs of characters, in the order of their bytes. */
export function characterRuns(file: WordFile): Run[] {
  return runsOf(file, lumpOf(file.table, file.characterRuns), 1, (page, place) => {
    const length = page[place] ?? 0;
    return page.subarray(place + 1, place + 1 + length);
  });
}

/** The runs of paragraphs. Lists too long for their page lie in the `Data` stream (sprmPHugePapx). */
export function paragraphRuns(file: WordFile): Run[] {
  const runs = runsOf(file, lumpOf(file.table, file.paragraphRuns), 13, (page, place) => {
    const half = page[place] ?? 0;
    const [start, length] = half === 0 ? [place + 2, (page[place + 1] ?? 0) * 2] : [place + 1, half * 2 - 1];
    return page.subarray(start + 2, start + length); // behind the style number
  });
  for (const run of runs)
    run.properties = [
      ...run.properties.filter(({ code }) => code === tableList).flatMap((one) => huge(file, one)), // what stands here itself wins
      ...run.properties.flatMap((one) => (hugeList.has(one.code) ? huge(file, one) : [one])),
    ];
  return runs;
}

function huge({ data }: WordFile, { operand }: Property): Property[] {
  const at = operand.length >= 4 ? operand.readUInt32LE(0) : data.length;
  return at + 2 <= data.length ? propertiesIn(data.subarray(at + 2, at + 2 + data.readUInt16LE(at))) : [];
}

/** Formatted disk pages ([MS-DOC] 2.9.33): 512 bytes with the ends of the runs in front and their lists behind. */
function runsOf(
  file: WordFile,
  plc: Buffer,
  entryBytes: number,
  listAt: (page: Buffer, place: number) => Buffer,
): Run[] {
  const runs: Run[] = [];
  const pages = Math.floor((plc.length - 4) / 8);
  for (let index = 0; index < pages; index++) {
    const number = plc.readUInt32LE((pages + 1) * 4 + index * 4) & 0x3fffff;
    const page = file.text.subarray(number * pageBytes, (number + 1) * pageBytes);
    if (page.length < pageBytes) continue;
    const count = page[pageBytes - 1] ?? 0;
    if ((count + 1) * 4 + count * entryBytes > pageBytes) continue;
    for (let run = 0; run < count; run++) {
      const place = (page[(count + 1) * 4 + run * entryBytes] ?? 0) * 2;
      const properties = place === 0 ? [] : propertiesIn(listAt(page, place));
      runs.push({ from: page.readUInt32LE(run * 4), to: page.readUInt32LE(run * 4 + 4), properties });
    }
  }
  return runs.sort((a, b) => a.from - b.from);
}

/** Operand length by the top three bits of the code; 6 says it itself, the table shape with two bytes. */
const operandBytes = [1, 1, 2, 4, 2, 2, -1, 3];

/** A list of properties; what does not fit any more is left. */
export function propertiesIn(list: Buffer): Property[] {
  const properties: Property[] = [];
  for (let at = 0; at + 3 <= list.length; ) {
    const code = list.readUInt16LE(at);
    let [start, length] = [at + 2, operandBytes[code >> 13] ?? 1];
    if (length < 0 && code === tableShape) {
      if (start + 2 > list.length) break;
      [start, length] = [start + 2, list.readUInt16LE(start) - 1];
    } else if (length < 0) [start, length] = [start + 1, list[start] ?? 0];
    properties.push({ code, operand: list.subarray(start, start + length) });
    at = start + length;
  }
  return properties;
}

/** The run that holds a byte, by halving; null between runs. */
export function runAt(runs: Run[], byte: number): Run | null {
  let [low, high] = [0, runs.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const run = runs[middle];
    if (!run) return null;
    if (byte < run.from) high = middle - 1;
    else if (byte >= run.to) low = middle + 1;
    else return run;
  }
  return null;
}
