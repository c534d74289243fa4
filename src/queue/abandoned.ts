import { setTimeout as sleep } from 'node:timers/promises';
import type { Crew, Held } from './crew.ts';

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
  const first = await look(crew, ofOthers);
  if (first.size === 0) return 0;
  await sleep(secondLookMs);
  const second = await look(crew, ofOthers);
  let freed = 0;
  for (const [key, job] of second) if (first.has(key) && (await free(crew, job))) freed += 1;
  return freed;
}

/** @returns abandoned jobs by id and the time they were given out: the same id given out again is another matter */
async function look(crew: Crew, ofOthers: boolean): Promise<Map<string, Held>> {
  const active = (await crew.queue.getActive()).filter((job) => job !== undefined);
  const suspects = active.filter((job) => {
    const isOurs = job.processedBy === crew.name;
    return isOurs ? !crew.running.has(job.id ?? '') : ofOthers;
  });
  const living = suspects.length > 0 && ofOthers ? await livingNames(crew) : new Set<string>();
  const abandoned = suspects.filter((job) => job.processedBy === crew.name || !living.has(job.processedBy ?? ''));
  return new Map(abandoned.map((job) => [`${job.id} ${job.processedOn}`, job]));
}

/** A worker's connection carries its name and ends with its process. */
async function livingNames(crew: Crew): Promise<Set<string>> {
  const workers = await crew.queue.getWorkers();
  return new Set(workers.map((worker) => worker.rawname?.split(':w:')[1] ?? ''));
}

async function free(crew: Crew, job: Held): Promise<boolean> {
  const now = await crew.queue.getJob(job.id ?? '');
  if (now?.processedOn !== job.processedOn || now?.processedBy !== job.processedBy) return false; // somebody was faster
  await job.moveToFailed(new Error('abandoned'), '0'); // token 0: whoever holds it. removeOnFail takes it away
  await crew.queue.add(crew.kind, job.data, { jobId: job.id ?? '' });
  return true;
}
