import { type IQueueBackend, Worker } from 'bullmq';
import type { Log } from '../log.ts';
import type { Ground } from './ground.ts';
import { type Identity, type Job, type JobKind, jobId } from './job.ts';
import { connection, type Held, type KindQueue } from './kind-queue.ts';

export type KindWorker = Worker<Identity, void, string, IQueueBackend>;

/** Those at work on one kind in this process. */
export type Crew = {
  kind: JobKind;
  queue: KindQueue;
  worker: KindWorker;
  /** How BullMQ knows this process: in the job's `processedBy` and in the connection's name. */
  name: string;
  /** Ids under way here. */
  running: Set<string>;
};

/** @param concurrency jobs of this kind under way at once in this process */
export function openCrew(
  ground: Ground,
  queue: KindQueue,
  handler: (job: Job) => Promise<void>,
  { kind, name, concurrency, log }: { kind: JobKind; name: string; concurrency: number; log: Log },
): Crew {
  const running = new Set<string>();
  const worker: KindWorker = new Worker(
    kind,
    async (held: Held) => {
      const job: Job = { kind, ...held.data };
      const id = jobId(job);
      // While the server was away the job's lock ran out: it is handed out once more, but it is still under way here.
      if (running.has(id)) return;
      running.add(id);
      try {
        await handler(job);
      } catch (error) {
        log.error({ err: error, job: id }, 'a job failed'); // the row tells what and why, the sweep brings it again
      } finally {
        running.delete(id);
      }
    },
    {
      connection,
      prefix: ground.prefix,
      name,
      concurrency,
      runRetryDelay: 500,
      drainDelay: ground.sleepSeconds,
      lockDuration: 30_000,
      stalledInterval: 30_000,
      maxStalledCount: 1_000, // how often a job may fail is counted on our rows
    },
    ground.factory,
  );
  return { kind, queue, worker, name, running };
}
