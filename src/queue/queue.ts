import { randomBytes } from 'node:crypto';
import type { Failure } from '../errors.ts';
import type { Log } from '../log.ts';
import { freeAbandoned } from './abandoned.ts';
import { type Crew, openCrew } from './crew.ts';
import type { Ground } from './ground.ts';
import { type Job, type JobKind, jobKinds } from './job.ts';
import { addTo, type Counts, countsOf, type KindQueue, openKind } from './kind-queue.ts';
import { openPostgres } from './postgres.ts';
import { openRedis } from './redis.ts';
import { openWatch, type Watch } from './watch.ts';
import { within } from './within.ts';

/** How long running handlers may take to end when work stops, milliseconds. */
const farewellMs = 10_000;
const stepMs = 1_000;

export type { Counts } from './kind-queue.ts';

/** Work to be done, on a server that may be wiped at any time: what is due stands on our rows (design rule 8). */
export type Queue = {
  /**
   * Adds jobs to be done at once. An id that is still held, waiting or under way, is passed over in silence.
   *
   * @throws Failure (temporary) when the server is away: leave it to the sweep
   */
  add: (jobs: Job[]) => Promise<void>;
  /**
   * Lets this process do jobs of a kind, `concurrency` of them at once. A job may be done twice (a killed process, a
   * lost connection), but never twice at once in one process. The handler keeps its failures on our rows; what it
   * throws is logged and the job is gone.
   */
  work: (kind: JobKind, handler: (job: Job) => Promise<void>, options: { concurrency: number }) => void;
  /** @throws Failure (temporary) when the server is away */
  counts: () => Promise<Record<JobKind, Counts>>;
  /** Hears once when the queue has stopped for good; `forPerson` says what to do. */
  onTrouble: (listener: (trouble: Failure) => void) => void;
  /** Hears when the server answers again after a trouble: jobs may be gone, all that is due wants to be added anew. */
  onRecovered: (listener: () => void) => void;
  /** Forgets every job, also those a killed process held: before work begins, when only this process may work. */
  clear: () => Promise<void>;
  /** Takes no new job; resolves when the running ones have ended, or after 10 seconds. */
  pause: () => Promise<void>;
  /** Pauses and lets the server go. */
  close: () => Promise<void>;
};

/**
 * Opens the queue on Redis when `redisUrl` is given, else in the database, whose tables it makes when they are missing.
 *
 * @throws Failure when a server does not answer or refuses us
 */
export async function openQueue(where: { databaseUrl: string; redisUrl: string | null; log: Log }): Promise<Queue> {
  const crews: Crew[] = [];
  const watch = openWatch(crews, where.log);
  const ground = where.redisUrl
    ? await openRedis(where.redisUrl, where.databaseUrl, watch.onError)
    : await openPostgres(where.databaseUrl, watch.onError);
  return queueOn(ground, crews, watch, where.log);
}

function queueOn(ground: Ground, crews: Crew[], watch: Watch, log: Log): Queue {
  const name = randomBytes(6).toString('hex');
  const queues = new Map<JobKind, KindQueue>();

  function queueOf(kind: JobKind): KindQueue {
    const open = queues.get(kind) ?? openKind(ground, kind);
    if (!queues.has(kind)) open.on('error', watch.onError);
    queues.set(kind, open);
    return open;
  }

  function work(kind: JobKind, handler: (job: Job) => Promise<void>, options: { concurrency: number }): void {
    if (crews.some((crew) => crew.kind === kind)) throw new Error(`${kind} is worked on already`);
    const crew = openCrew(ground, queueOf(kind), handler, { kind, name, log, ...options });
    crew.worker.on('error', watch.onError);
    crews.push(crew);
    freeAbandoned(crew, true).catch(watch.onError);
  }

  async function add(jobs: Job[]): Promise<void> {
    for (const kind of jobKinds) {
      const own = jobs.filter((job) => job.kind === kind);
      if (own.length > 0) await addTo(queueOf(kind), own);
    }
  }

  async function counts(): Promise<Record<JobKind, Counts>> {
    const all = jobKinds.map(async (kind) => [kind, await countsOf(queueOf(kind))] as const);
    return Object.fromEntries(await Promise.all(all)) as Record<JobKind, Counts>;
  }

  async function letGo(what: 'pause' | 'close'): Promise<void> {
    const leaving = Promise.all(crews.map((crew) => crew.worker[what]().catch(watch.onError)));
    if (await haveLeft(crews, leaving)) return;
    log.warn({ jobs: crews.flatMap((crew) => [...crew.running]) }, 'left while jobs were under way');
  }

  async function close(): Promise<void> {
    watch.close();
    await letGo('close');
    await within(1_000, Promise.allSettled([...queues.values()].map((queue) => queue.close())));
    await ground.close();
  }

  let closing: Promise<void> | null = null;
  return {
    add,
    work,
    counts,
    onTrouble: watch.onTrouble,
    onRecovered: watch.onRecovered,
    clear: async () => {
      for (const kind of jobKinds) await queueOf(kind).obliterate({ force: true });
    },
    pause: () => letGo('pause'),
    close: () => (closing ??= close()),
  };
}

/** @returns false when handlers were still at it after the farewell; a server that is away keeps nobody here */
async function haveLeft(crews: Crew[], leaving: Promise<unknown>): Promise<boolean> {
  for (let waitedMs = 0; waitedMs < farewellMs; waitedMs += stepMs) {
    if (await within(stepMs, leaving)) return true;
    if (crews.every((crew) => crew.running.size === 0)) return true;
  }
  return false;
}
