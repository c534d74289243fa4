import { setTimeout as sleep } from 'node:timers/promises';
import { machineNow } from '../src/clock.ts';
import { dueJobs } from '../src/office/due.ts';
import type { Office } from '../src/office/office.ts';
import { type Job, jobId } from '../src/queue/job.ts';
import type { Queue } from '../src/queue/queue.ts';
import { settleLeftInHand } from '../src/store/in-hand.ts';
import { rememberedAt } from '../src/store/office-state.ts';
import { deliver } from './deliver.ts';
import { digest } from './digest.ts';
import { intake } from './intake.ts';
import { keepSweeping, notNow } from './sweep.ts';
import { tidy } from './tidy.ts';

/** Once a day, also where the computer is switched off every evening: the books say when it was last, not a timer. */
const tidyMs = 24 * 3_600_000;
const tidyLookMs = 3_600_000;

export type Work = { stop: () => Promise<void> };

/**
 * Lets this process do the office's work: every kind of job, and the sweep that makes good whatever the queue forgot.
 * Only one process at a time may (store/office-lock.ts); letters that a killed one held go out again.
 */
export async function beginWork(office: Office): Promise<Work> {
  const { queue, db, journal, lettersInHand, log } = office;
  await settleLeftInHand(db, journal, lettersInHand);
  await queue.clear(); // what a killed process held would wait for its lock to run out, and later mails overtake it
  await office.alarm('queue', null); // it stopped for good, and was opened anew
  queue.work('intake', noting(office, intake), { concurrency: 2 });
  queue.work('deliver', noting(office, deliver), { concurrency: 1 });
  queue.work('digest', noting(office, digest), { concurrency: 1 });
  queue.work('tidy', noting(office, tidy), { concurrency: 1 });
  queue.onTrouble((trouble) => void office.alarm('queue', trouble.forPerson).catch(() => log.error(trouble.message)));
  const sweeping = await keepSweeping(office);
  const tidying = setInterval(() => void tidyIfDue(office).catch((error) => notNow(office, error)), tidyLookMs);
  return {
    stop: async () => {
      sweeping.stop();
      clearInterval(tidying);
      await queue.pause();
    },
  };
}

async function tidyIfDue({ db, queue }: Office): Promise<void> {
  const last = await rememberedAt(db, 'tidied');
  if (last === null || machineNow().getTime() - last.getTime() >= tidyMs) await queue.add([tidyJob()]);
}

const tidyJob = () => ({ kind: 'tidy' as const, row: 'day', generation: 0 });

/** A job that throws is gone from the queue; where the database was away, its row could not say so. */
const noting =
  (office: Office, work: (office: Office, job: Job) => Promise<void>) =>
  async (job: Job): Promise<void> => {
    try {
      await work(office, job);
    } catch (error) {
      office.setbacks.note(error);
      throw error;
    }
  };

const lookMs = 25;
/** What is still due after so many tries (the disk is full) is left to a later start. */
const atMostTries = 3;

/** Resolves when nothing is due and nobody is at work: every mail taken in, every letter that may go gone. */
export async function untilIdle(office: Office, signal?: AbortSignal): Promise<void> {
  const { queue, letterSweeps } = office;
  const tries = new Map<string, number>();
  while (!signal?.aborted) {
    if (await isIdle(queue)) {
      const asked = await letterSweeps.settled();
      const jobs = (await dueJobs(office)).filter((job) => (tries.get(jobId(job)) ?? 0) < atMostTries);
      // What is in hand is not due: asked once more whether somebody has begun meanwhile.
      if (jobs.length === 0 && (await isIdle(queue)) && (await letterSweeps.settled()) === asked) return;
      for (const job of jobs) tries.set(jobId(job), (tries.get(jobId(job)) ?? 0) + 1);
      await queue.add(jobs);
    }
    await sleep(lookMs);
  }
}

const isIdle = async (queue: Queue): Promise<boolean> =>
  Object.values(await queue.counts()).every(({ waiting, active }) => waiting + active === 0);
