import { setTimeout as sleep } from 'node:timers/promises';
import type { IQueueBackend } from 'bullmq';

/** A failed look for work answers no sooner, milliseconds. */
const failureMs = 300;

/**
 * The same backend without two of its habits:
 * - a look for work that fails is repeated at once when the error is not ECONNREFUSED (a full disk, a server that is
 *   still starting, a missing function): some 18,000 errors in 17 seconds. Here it fails slowly.
 * - after a lost connection a PostgreSQL worker sleeps up to an hour unless it is called, and the sweep's second `add`
 *   of a held id calls nobody.
 *
 * @param sleepSeconds how long a worker may sleep on its wake-up call before it looks by itself
 */
export function steady<Backend extends IQueueBackend>(backend: Backend, sleepSeconds: number): Backend {
  const moveToActive = backend.moveToActive.bind(backend);
  const waitForJob = backend.waitForJob.bind(backend);
  backend.moveToActive = (token, name) => moveToActive(token, name).catch(rethrowLater);
  backend.waitForJob = (blockSeconds) => waitForJob(Math.min(blockSeconds, sleepSeconds)).catch(rethrowLater);
  return backend;
}

async function rethrowLater(error: unknown): Promise<never> {
  await sleep(failureMs);
  throw error;
}
