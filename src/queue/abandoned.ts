import { setTimeout as sleep } from 'node:timers/promises';
import type { Crew } from './crew.ts';
import type { Held } from './kind-queue.ts';

/** Between two looks, milliseconds: long enough for a living process to call its lost connection back. */
const secondLookMs = 2_000;

/**
 * Frees jobs that BullMQ holds as active though nobody works on them, and adds them anew under the same id. Without
 * this a job whose process was killed waits for its lock to run out, 30 to 60 seconds, and its id lets no other in.
 *
 * Abandoned is what, in two looks, is held by a process without a connection, or by this one without being under way
 * (the server took it down as given, but the answer got lost).
 *
 * @param ofOthers look at other processes' jobs too: when work begins. Later only at our own, for another process may
 *   be calling its own connection back
 * @returns how many were freed
 */
export async function freeAbandoned(crew: Crew, ofOthers: boolean): Promise<number> {
  await crew.worker.waitUntilReady(); // from here on our own connection is listed
  const first = await look(crew, ofOthers);
  if (first.size === 0) return 0;
  await sleep(secondLookMs, undefined, { ref: false }); // nothing to stay for when the process ends meanwhile
  const second = await look(crew, ofOthers);
  let freed = 0;
  for (const [key, job] of second) if (first.has(key) && (await free(crew, job))) freed += 1;
  return freed;
}

/** @returns abandoned jobs by id and the time they were given out: the same id given out again is another matter */
async function look(crew: Crew, ofOthers: boolean): Promise<Map<string, Held>> {
  const active = (await crew.queue.getActive()).filter((job) => job !== undefined);
  const own = active.filter((job) => job.processedBy === crew.name && !crew.running.has(job.id ?? ''));
  const others = active.filter((job) => job.processedBy !== crew.name);
  const orphans = ofOthers && others.length > 0 ? await withoutProcess(crew, others) : [];
  return new Map([...own, ...orphans].map((job) => [`${job.id} ${job.processedOn}`, job]));
}

/**
 * A worker's connection carries its name and ends with its process. Where a server (behind a pooler, in some clouds)
 * does not even list ours, it says nothing of others either, and BullMQ's locks decide.
 */
async function withoutProcess(crew: Crew, jobs: Held[]): Promise<Held[]> {
  const workers = await crew.queue.getWorkers();
  const living = new Set(workers.map((worker) => worker.rawname?.split(':w:')[1] ?? ''));
  return living.has(crew.name) ? jobs.filter((job) => !living.has(job.processedBy ?? '')) : [];
}

async function free(crew: Crew, job: Held): Promise<boolean> {
  const now = await crew.queue.getJob(job.id ?? '');
  if (now?.processedOn !== job.processedOn || now?.processedBy !== job.processedBy) return false; // somebody was faster
  await job.moveToFailed(new Error('abandoned'), '0'); // token 0: whoever holds it. removeOnFail takes it away
  await crew.queue.add(crew.kind, job.data, { jobId: job.id ?? '' });
  return true;
}
