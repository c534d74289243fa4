/**
 * Whether the office grows dearer or fatter with its mails: `npm run build && node --import tsx bench/growth.ts [few]
 * [many]`. The road of bench/road.ts over 200 mails and over 800. A mail's share of starting shrinks as they become more,
 * so that the growth of the work itself is told apart.
 */
import { type Box, fillBox, type Run, runShouli, startUp } from './support/contest.ts';

const [few, many] = [Number(process.argv[2] ?? 200), Number(process.argv[3] ?? 800)];
const start = await startUp();
const small = await over(few);
const large = await over(many);
const whole = ({ cpu, database }: Pick<Run, 'cpu' | 'database'>) => cpu + database;
const growth = (took: (run: Run) => number) => (took(large) / many / (took(small) / few)).toFixed(3);
console.log(`CPU per mail with database, ${many} : ${few}   ${growth(whole)} (must ≤ 1.05)`);
console.log(`the same with starting taken off both   ${growth((run) => whole(run) - whole(start))}`);
console.log(
  `memory of the office at ${many} mails   ${large.peak.toFixed(0)} MB (must ≤ 270), at ${few} ${small.peak.toFixed(0)} MB`,
);

async function over(count: number): Promise<Run> {
  const box: Box = await fillBox(count);
  try {
    const run = await runShouli(box);
    const { outcome, cpu, database, peak, peakFamily } = run;
    console.log(
      `${count} mails: CPU ${cpu.toFixed(1)} s, database ${database.toFixed(1)} s, peak ${peak.toFixed(0)} MB, with children ${peakFamily.toFixed(0)} MB, right ${outcome.right}/${count}, to unrelated ${outcome.toUnrelated}, twice ${outcome.twice}`,
    );
    return run;
  } finally {
    await box.dovecot.stop();
  }
}
