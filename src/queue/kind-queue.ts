import { type Job as HeldJob, Queue as HeldQueue, type IQueueBackend } from 'bullmq';
import { Failure } from '../errors.ts';
import type { Ground } from './ground.ts';
import { type Identity, type Job, type JobKind, jobId } from './job.ts';

export type Held = HeldJob<Identity, void, string>;
export type KindQueue = HeldQueue<Identity, void, string, Identity, void, string, IQueueBackend>;
export type Counts = { waiting: number; active: number; delayed: number };

/** A batch makes PostgreSQL two temporary tables: dearer than so many jobs one by one. */
const fewJobs = 5;

/** Added within the patience that one command has, also on a slow machine. */
const batchJobs = 500;

/** BullMQ takes its connection from the ground's factory; the option must only be there. */
export const connection = {};

/** A queue to add to. Jobs leave no trace when they are done; their one attempt is the handler's own affair. */
export function openKind(ground: Ground, kind: JobKind): KindQueue {
  return new HeldQueue(
    kind,
    {
      connection,
      prefix: ground.prefix,
      defaultJobOptions: { attempts: 1, removeOnComplete: true, removeOnFail: true, stackTraceLimit: 0 },
      streams: { events: { maxLen: 100 } }, // nobody reads them
    },
    ground.factory,
  );
}

/**
 * Adds jobs of one kind; ids that are held are passed over.
 *
 * @throws Failure (temporary) when the server does not answer; Error when a job has no fit id
 */
export async function addTo(queue: KindQueue, jobs: Job[]): Promise<void> {
  const entries = jobs.map((job) => ({
    name: job.kind,
    data: { row: job.row, generation: job.generation },
    opts: { jobId: jobId(job) },
  }));
  try {
    if (entries.length > fewJobs)
      for (let at = 0; at < entries.length; at += batchJobs) await queue.addBulk(entries.slice(at, at + batchJobs));
    else for (const { name, data, opts } of entries) await queue.add(name, data, opts);
  } catch (error) {
    rethrowAsFailure(error);
  }
}

/** @throws Failure (temporary) when the server does not answer */
export async function countsOf(queue: KindQueue): Promise<Counts> {
  const {
    waiting = 0,
    active = 0,
    delayed = 0,
  } = await queue.getJobCounts('waiting', 'active', 'delayed').catch(rethrowAsFailure);
  return { waiting, active, delayed };
}

function rethrowAsFailure(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  throw new Failure('temporary', '任务队列暂时没有回应，排队的任务稍后会自动补上', reason, { cause: error });
}
