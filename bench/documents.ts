/**
 * What reading a document costs: `node --import tsx bench/documents.ts [rounds]`, on files as Word, WPS
 * and Excel save them (fixtures/make/dressed). The median of a typical .docx and .xlsx in a warm child, from the question
 * to the answer; then the reader's two children against mammoth and exceljs in one thread, on the same files, by turns.
 * The figure to trust on a shared machine is the CPU.
 */
import ExcelJS from 'exceljs';
import mammoth from 'mammoth';
import { dressedKit } from '../fixtures/make/dressed/kit.ts';
import { type Kit, kit } from '../fixtures/make/kit.ts';
import { compiled } from './support/compiled.ts';
import { inventedNominee } from './support/mails.ts';
import { median } from './support/median.ts';
import { cpuSeconds } from './support/process.ts';

type File = { name: string; bytes: Buffer };

const rounds = Number(process.argv[2] ?? 5);
const people = 40;
const { openReader } = (await import(
  compiled('src/documents/reader.ts')
)) as typeof import('../src/documents/reader.ts'); // bundled, as in the running office: its children are plain Node then
const kits = await Promise.all(
  Array.from({ length: people }, async (_, index) => dressedKit(await kit(inventedNominee(index), { lists: 'xlsx' }))),
);
const files = kits.flatMap(filesOf);
const reader = openReader();
await reader.warm();

await pooled(files); // everybody warm
await byThem(files);
for (const ending of ['docx', 'xlsx']) {
  const taken: number[] = [];
  for (const file of files.filter(({ name }) => name.endsWith(ending))) {
    const began = performance.now();
    await reader.read(file);
    taken.push(performance.now() - began);
  }
  console.log(`one .${ending}: median ${median(taken).toFixed(1)} ms (must ≤ 30)`);
}

const ours: Taken[] = [];
const theirs: Taken[] = [];
for (let round = 0; round < rounds; round += 1) {
  ours.push(await timed(() => pooled(files)));
  theirs.push(await timed(() => byThem(files)));
}
await reader.close();
const of = (runs: Taken[], what: keyof Taken) => median(runs.map((run) => run[what]));
const told = (runs: Taken[]) =>
  `${(files.length / of(runs, 'wall')).toFixed(0)} files/s, CPU ${((of(runs, 'cpu') / files.length) * 1000).toFixed(2)} ms a file`;
console.log(`${files.length} files, ${rounds} rounds each, medians`);
console.log(`reader, two children        ${told(ours)}`);
console.log(`mammoth + exceljs, 1 thread ${told(theirs)}`);
console.log(
  `throughput ${(of(theirs, 'wall') / of(ours, 'wall')).toFixed(1)} : 1 (must ≥ 3), CPU ${(of(ours, 'cpu') / of(theirs, 'cpu')).toFixed(2)} : 1`,
);

function filesOf({ form, innovations, patents, performance: counts }: Kit): File[] {
  return [form, innovations, patents, counts];
}

async function pooled(given: File[]): Promise<void> {
  const readings = await Promise.all(given.map((file) => reader.read(file)));
  if (!readings.every(({ kind }) => kind === 'document')) throw new Error('a file was not read');
}

/** Text and cells: what an afternoon's script looks at. */
async function byThem(given: File[]): Promise<void> {
  for (const { name, bytes } of given)
    if (name.endsWith('docx')) await mammoth.extractRawText({ buffer: bytes });
    else await new ExcelJS.Workbook().xlsx.load(bytes as unknown as ExcelJS.Buffer);
}

type Taken = { wall: number; cpu: number };

/** Seconds on the clock and of CPU, the children's among them. */
async function timed(work: () => Promise<void>): Promise<Taken> {
  const [before, began] = [cpuSeconds(process.pid).family, performance.now()];
  await work();
  return { wall: (performance.now() - began) / 1000, cpu: cpuSeconds(process.pid).family - before };
}
