import { setTimeout as sleep } from 'node:timers/promises';
import { machineNow } from '../src/clock.ts';
import { Failure } from '../src/errors.ts';
import { dueJobs, sweepDue } from '../src/office/due.ts';
import type { Office } from '../src/office/office.ts';
import { settleLeftInHand } from '../src/store/in-hand.ts';
import { deliver } from './deliver.ts';
import { digest } from './digest.ts';
import { intake } from './intake.ts';
import { tidy } from './tidy.ts';

/** How often everything due is handed to the queue anew, whatever became of it. */
const sweepMs = 30_000;
const tidyMs = 24 * 3_600_000;
/** A letter in hand for longer than the mail server may take was left there when the database went away. */
const inHandMs = 30 * 60_000;

export type Work = { stop: () => Promise<void> };

/**
 * Lets this process do the office's work: every kind of job, and the sweep that makes good whatever the queue forgot.
 * Only one process at a time may (store/office-lock.ts); letters that a killed one held go out again.
 */
export async function beginWork(office: Office): Promise<Work> {
  const { queue, db, journal, log } = office;
  await settleLeftInHand(db, journal, machineNow());
  await queue.clear(); // what a killed process held would wait for its lock to run out, and later mails overtake it
  queue.work('intake', (job) => intake(office, job), { concurrency: 2 });
  queue.work('deliver', (job) => deliver(office, job), { concurrency: 1 });
  queue.work('digest', (job) => digest(office, job), { concurrency: 1 });
  queue.work('tidy', () => tidy(office), { concurrency: 1 });
  queue.onTrouble((trouble) => void office.alarm('queue', trouble.forPerson).catch(() => log.error(trouble.message)));
  const sweeping = setInterval(() => void sweep(office), sweepMs);
  const tidying = setInterval(() => void queue.add([tidyJob()]).catch((error) => notNow(office, error)), tidyMs);
  await sweep(office);
  return {
    stop: async () => {
      clearInterval(sweeping);
      clearInterval(tidying);
      await queue.pause();
    },
  };
}

const tidyJob = () => ({ kind: 'tidy' as const, row: 'day', generation: 0 });

async function sweep(office: Office): Promise<void> {
  const longAgo = new Date(machineNow().getTime() - inHandMs);
  await settleLeftInHand(office.db, office.journal, longAgo).catch((error) => notNow(office, error));
  await sweepDue(office).catch((error) => notNow(office, error));
}

/** Database or queue are away: the next sweep finds everything still due. */
function notNow({ log }: Office, error: unknown): void {
  log.warn({ reason: error instanceof Failure ? error.message : String(error) }, 'sweep failed, tried again soon');
}

const lookMs = 25;

/** Resolves when nothing is due and nobody is at work: every mail taken in, every letter that may go gone. */
export async function untilIdle(office: Office, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted) {
    const counts = Object.values(await office.queue.counts());
    if (counts.every(({ waiting, active }) => waiting + active === 0)) {
      const jobs = await dueJobs(office);
      if (jobs.length === 0) return;
      await office.queue.add(jobs);
    }
    await sleep(lookMs);
  }
}
