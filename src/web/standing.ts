import { setTimeout as sleep } from 'node:timers/promises';
import { dayName } from '../clock.ts';
import type { Books } from '../office/books.ts';
import { officeFacts } from '../office/facts.ts';
import { type Digest, digestOf } from '../reports/digest/digest.ts';
import { type Duty, dutiesOf } from '../reports/duties.ts';

/** The whole round at a glance, and when it was looked at (milliseconds of machine time the look took). */
export type Glance = { digest: Digest; duties: Duty[]; arrivals: { day: string; count: number }[]; tookMs: number };

export type Standing = {
  /** As it stands now; with a very large round, as it stood a few seconds ago at most. */
  glance: () => Promise<Glance>;
  stale: () => void;
};

/** A look at a very large round takes longer: it goes on beside the page, and the page shows the last one. */
const patienceMs = 80;
/** Without news the clock alone changes what is due. */
const oldMs = 30_000;

/**
 * Keeps the last look at all mails and applications: the digest's own facts, so that page and digest never disagree.
 *
 * @param told is called when a look made beside a page is ready
 */
export function openStanding(books: Books, told: () => void): Standing {
  let last: Glance | null = null;
  let lookedAt = 0;
  let isStale = true;
  let looking: Promise<Glance> | null = null;

  function look(): Promise<Glance> {
    isStale = false;
    lookedAt = performance.now();
    looking ??= lookAt(books).then(
      (glance) => {
        looking = null;
        last = glance;
        return glance;
      },
      (error) => {
        looking = null;
        isStale = true;
        throw error;
      },
    );
    return looking;
  }

  return {
    async glance() {
      const isOld = isStale || performance.now() - lookedAt > oldMs;
      if (!last) return look();
      if (!isOld && !looking) return last;
      const before = last;
      const isMade = looking !== null;
      const next = looking ?? look();
      if (!isMade)
        void next.then(
          () => last === before || told(),
          () => undefined,
        ); // tried again by the next page
      return Promise.race([next, sleep(patienceMs, before)]);
    },
    stale: () => {
      isStale = true;
    },
  };
}

async function lookAt(books: Books): Promise<Glance> {
  const began = performance.now();
  const facts = await officeFacts(books);
  const day = dayName(facts.now);
  const counts = new Map<string, number>();
  for (const { receivedAt, fate } of facts.messages) {
    if (fate === 'before_round') continue;
    const of = dayName(receivedAt);
    counts.set(of, (counts.get(of) ?? 0) + 1);
  }
  const arrivals = [...counts].map(([of, count]) => ({ day: of, count })).sort((a, b) => a.day.localeCompare(b.day));
  const duties = dutiesOf(facts);
  return { digest: digestOf(facts, day, duties), duties, arrivals, tookMs: performance.now() - began };
}
