/**
 * The whole road against what a programmer writes in an afternoon: `npm run build && node --import tsx bench/road.ts
 * [mails] [rounds]`. The same mails (200: 120 complete, 50 with a gap, 10 late, 10 as a zip with GBK names, 10 unrelated)
 * lie in one Dovecot; `shouli start` with its embedded database, plain/answer.mjs, and our road without database and
 * queue (support/without-books.ts) take them in by turns, in alternate order. Each counts from its start to its last
 * letter; CPU of all processes, the database's apart.
 */
import { compiled } from './support/compiled.ts';
import { type Box, fillBox, type Run, runProgram, runShouli, startUp } from './support/contest.ts';
import { median } from './support/median.ts';

const count = Number(process.argv[2] ?? 200);
const rounds = Number(process.argv[3] ?? 3);

const withoutBooks = compiled('bench/support/without-books.ts');
const contestants: Record<string, (box: Box) => Promise<Run>> = {
  shouli: runShouli,
  plain: (box) => runProgram(['bench/plain/answer.mjs'], box),
  'without database and queue': (box) => runProgram([withoutBooks], box),
};

const box = await fillBox(count);
const { mails, megabytes, dovecot } = box;
const zips = mails.filter(({ zipped }) => zipped).length;
console.log(`${count} mails, ${megabytes.toFixed(0)} MB, ${zips} as a zip, ${rounds} rounds each, medians`);
const runs: Record<string, Run[]> = {};
try {
  for (let round = 0; round < rounds; round += 1) {
    const names = Object.keys(contestants);
    for (const name of round % 2 ? names.reverse() : names) {
      const run = await contestants[name]?.(box);
      if (run) runs[name] = [...(runs[name] ?? []), run];
      if (run) console.log(`round ${round + 1}  ${name.padEnd(26)} ${told(run)}`);
    }
  }
  const start = await startUp();
  console.log(
    `start-up of shouli, part of each of its runs: ${start.cpu.toFixed(2)} CPU s, database ${start.database.toFixed(2)}`,
  );
} finally {
  await dovecot.stop();
}

const of = (name: string, what: (run: Run) => number) => median((runs[name] ?? []).map(what));
const all = ({ cpu, database }: Run) => cpu + database;
const ratio = (what: (run: Run) => number, other: string) => of('shouli', what) / of(other, what);
const line = (what: string, value: number, must: string) =>
  console.log(`${what.padEnd(46)} ${value.toFixed(2)}  (must ${must})`);
console.log('---');
line('throughput, shouli : plain', 1 / ratio(({ wall }) => wall, 'plain'), '≥ 1.5');
line(
  'CPU per mail, shouli : plain, our processes',
  ratio(({ cpu }) => cpu, 'plain'),
  '≤ 1.0',
);
line('CPU per mail, shouli : plain, with database', ratio(all, 'plain'), '');
line('CPU with database and queue : without', ratio(all, 'without database and queue'), '≤ 1.25');
line(
  'CPU of our processes, with : without',
  ratio(({ cpu }) => cpu, 'without database and queue'),
  '',
);

function told({ wall, cpu, database, peak, peakFamily, outcome }: Run): string {
  const perMail = (seconds: number) => `${((seconds / count) * 1000).toFixed(1)} ms`;
  return [
    `${(count / wall).toFixed(1)} mails/s`,
    `CPU ${perMail(cpu)} a mail, database ${perMail(database)}`,
    `peak ${peak.toFixed(0)} MB, with children ${peakFamily.toFixed(0)}`,
    `right ${((outcome.right / count) * 100).toFixed(1)} %, zips ${outcome.zips}/${zips}, to unrelated ${outcome.toUnrelated}, twice ${outcome.twice}`,
  ].join(', ');
}
