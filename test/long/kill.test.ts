import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openGate } from '../../src/documents/pool/gate.ts';
import { steps } from '../../src/steps.ts';
import { type Ground, type MortalOffice, openGround } from '../support/mortal-office.ts';
import { seeded } from '../support/seeded.ts';

/**
 * kill -9 at every step of the office's work, and anywhere in between. The next start must come to the same books and
 * letters as if nothing had happened. Runs the built command (`npm test` builds it first).
 */
type Books = Awaited<ReturnType<MortalOffice['state']>>;
type End = { killed: boolean[]; code: number | null; said: string; books: Books; taken: string[]; rebuilt: boolean };

const atOnce = openGate(3);
let ground: Ground;
let undisturbed: End;
let wholeMs = 0;
const ends = new Map<string, Promise<End>>();

/** Beside the first time that each step is reached: later mails, a mail from before the round, the last letter. */
const later = ['poll: raw file named#4', 'poll: in the ledger#2', 'intake: recorded#2', 'deliver: handed over#3'];
const named = [...steps, ...later];
/** Between DATA and the journal nobody can know whether the letter went: it goes once more, under the same Message-ID. */
const mayGoTwice = (name: string) => name.startsWith('deliver: handed over');

const seed = Number(process.env.KILL_SEED ?? 20180720);
const kills = { trials: 5, each: 5 };
const seeds = Array.from({ length: kills.trials }, (_, index) => seed + index);

beforeAll(async () => {
  ground = await openGround();
  undisturbed = await endOf([]);
  for (const step of named) ends.set(step, endOf([{ step }]));
  for (const each of seeds) ends.set(`seed ${each}`, endOf(randomKills(each), each === seed));
  for (const end of ends.values()) end.catch(() => {}); // its own test tells
}, 60_000);
afterAll(async () => {
  await Promise.allSettled(ends.values());
  await ground.close();
}, 60_000);

/** Over the time that a whole run takes; the first half second only loads the program. */
function randomKills(from: number): { ms: number }[] {
  const random = seeded(from);
  return Array.from({ length: kills.each }, () => ({ ms: 500 + random() * Math.max(500, wholeMs - 500) }));
}

/** Runs an office to each of these ends one after the other, and then until it ends by itself. */
async function endOf(deaths: ({ step: string } | { ms: number })[], andRebuild = false): Promise<End> {
  await atOnce.enter();
  const office = await ground.open();
  try {
    const killed: boolean[] = [];
    for (const death of deaths) killed.push((await office.run(death)).signal === 'SIGKILL');
    const { code, said, ms } = await office.run();
    if (deaths.length === 0) wholeMs = ms;
    const end = { killed, code, said, books: await office.state(), taken: office.taken() };
    return { ...end, rebuilt: andRebuild && (await isRebuilt(office)) };
  } finally {
    await office.close();
    atOnce.leave();
  }
}

/** Whether the journal of an office killed so often gives the same books again, down to the second. */
async function isRebuilt(office: MortalOffice): Promise<boolean> {
  const before = await office.state(true);
  await office.rebuild();
  expect(await office.state(true)).toEqual(before);
  return true;
}

const once = (ids: readonly string[]) => [...new Set(ids)].sort();

test('undisturbed: six mails, two applications, three letters', () => {
  const { code, books, taken } = undisturbed;
  expect(code).toBe(0);
  expect([books.messages?.length, books.applications?.length, books.letters?.length]).toEqual([6, 2, 3]);
  expect(taken).toHaveLength(3);
  expect(once(taken)).toHaveLength(3);
});

describe('killed at a step', () => {
  test.each(named)(
    '%s',
    async (name) => {
      const end = await ends.get(name);
      expect(end).toMatchObject({ killed: [true], code: 0, said: expect.stringContaining('回函：已发 3 封') });
      expect(end?.books).toEqual(undisturbed.books);
      expect(once(end?.taken ?? [])).toEqual(once(undisturbed.taken));
      expect(end?.taken).toHaveLength(3 + (mayGoTwice(name) ? 1 : 0));
    },
    120_000,
  );
});

describe('killed anywhere, again and again', () => {
  test.each(seeds)(
    'seed %d',
    async (each) => {
      const end = await ends.get(`seed ${each}`);
      expect(end).toMatchObject({ code: 0, said: expect.stringContaining('回函：已发 3 封') });
      expect(end?.books).toEqual(undisturbed.books);
      expect(once(end?.taken ?? [])).toEqual(once(undisturbed.taken));
      expect(end?.rebuilt).toBe(each === seed);
    },
    120_000,
  );
});
