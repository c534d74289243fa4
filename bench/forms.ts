/**
 * How exactly forms are read that were drawn with layouts and labels the reader was not written from:
 * `node --import tsx bench/forms.ts [PEOPLE] [SEED]`. Four files a person; each that is wrong is named with its seed.
 */
import { measure } from './support/drawn-forms/measure.ts';

const [people, seed] = [Number(process.argv[2] ?? 75), Number(process.argv[3] ?? 2018)];
const { tally, wrong, ms } = await measure(people, seed);
const median = [...ms].sort((a, b) => a - b)[Math.floor(ms.length / 2)] ?? 0;

console.log(`${people * 4} files, seeds ${seed}–${seed + people - 1}, ${median.toFixed(1)} ms median`);
for (const [what, { right, of }] of Object.entries(tally))
  console.log(`${what.padEnd(26)} ${right}/${of}  ${((100 * right) / of).toFixed(2)} %`);
for (const story of wrong.slice(0, 60)) console.log(`  ${story}`);
