/**
 * kill -9 at random times, many times: `npm run build && node --import tsx bench/soak.ts`. Offices are run against one
 * mailbox, killed 8 times each, and let come to their end; then their database is rebuilt from raw mails and journal.
 * Books and letters are compared with an office that nobody disturbed, the rebuilt books with those before.
 *
 * KILLS (1000), SEED (20180720), AT_ONCE (2). Prints a line an office; exit code 1 when one of them differs.
 */
import { isDeepStrictEqual } from 'node:util';
import { openGate } from '../src/documents/pool/gate.ts';
import { type Ground, type MortalOffice, openGround } from '../test/support/mortal-office.ts';
import { seeded } from '../test/support/seeded.ts';

const kills = Number(process.env.KILLS ?? 1000);
const seed = Number(process.env.SEED ?? 20180720);
const atOnce = Number(process.env.AT_ONCE ?? 2);
const killsEach = 8;
const loadingMs = 400;

type Books = Awaited<ReturnType<MortalOffice['state']>>;
type Tally = {
  killed: number;
  differing: number;
  lost: number;
  again: number;
  other: number;
  rebuiltDiffering: number;
};

const ground = await openGround();
const { books, letters, ms } = await undisturbed(ground);
console.log(`seed ${seed}, ${kills} kills, ${killsEach} an office; undisturbed: ${letters.length} letters, ${ms} ms`);
const gate = openGate(atOnce);
const seeds = Array.from({ length: Math.ceil(kills / killsEach) }, (_, index) => seed + index);
const tallies = await Promise.all(seeds.map(soak));
await ground.close();
const sum = (of: keyof Tally) => tallies.reduce((total, tally) => total + tally[of], 0);
console.log(
  [
    `killed ${sum('killed')} of ${seeds.length * killsEach} times (the others had ended before)`,
    `offices whose books differ ${sum('differing')}, letters lost ${sum('lost')}, other letters ${sum('other')}`,
    `the same letter once more ${sum('again')}, rebuilt books that differ ${sum('rebuiltDiffering')}`,
  ].join('\n'),
);
const wrong = sum('differing') + sum('lost') + sum('other') + sum('rebuiltDiffering');
process.exitCode = wrong === 0 ? 0 : 1;

async function undisturbed(on: Ground) {
  const office = await on.open();
  const run = await office.run();
  const found = { books: await office.state(), letters: office.taken(), ms: Math.round(run.ms) };
  await office.close();
  return found;
}

async function soak(from: number): Promise<Tally> {
  await gate.enter();
  const office = await ground.open();
  try {
    const random = seeded(from);
    let killed = 0;
    for (let count = 0; count < killsEach; count += 1) {
      const { signal } = await office.run({ ms: loadingMs + random() * Math.max(ms - loadingMs, loadingMs) });
      if (signal === 'SIGKILL') killed += 1;
    }
    const { said } = await office.run();
    const tally = {
      killed,
      ...compared(await office.state(), office.taken()),
      rebuiltDiffering: await rebuilt(office),
    };
    console.log(`seed ${from}  ${JSON.stringify(tally)}${tally.differing ? `\n${said}` : ''}`);
    return tally;
  } finally {
    await office.close();
    gate.leave();
  }
}

function compared(now: Books, taken: string[]) {
  return {
    differing: isDeepStrictEqual(now, books) ? 0 : 1,
    lost: letters.filter((letter) => !taken.includes(letter)).length,
    other: taken.filter((letter) => !letters.includes(letter)).length,
    again: taken.length - new Set(taken).size,
  };
}

/** @returns 1 when the rebuilt books are not those before, down to the second */
async function rebuilt(office: MortalOffice): Promise<number> {
  const before = await office.state(true);
  const sent = office.taken().length;
  await office.rebuild();
  const after = await office.state(true);
  const lines = [...differences(before, after), ...(office.taken().length === sent ? [] : ['letters were sent'])];
  if (lines.length > 0) console.log(lines.join('\n'));
  return lines.length > 0 ? 1 : 0;
}

/** Line by line, so that a rare difference can be understood from the log of a long run. */
function differences(before: Books, after: Books): string[] {
  const linesOf = (books: Books) => JSON.stringify(books, null, 1).split('\n');
  const [was, is] = [linesOf(before), linesOf(after)];
  const lines = Array.from({ length: Math.max(was.length, is.length) }, (_, at) => at).filter(
    (at) => was[at] !== is[at],
  );
  return lines.slice(0, 40).map((at) => `  line ${at}: before ${was[at]}  rebuilt ${is[at]}`);
}
