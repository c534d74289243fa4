import type { IQueueBackend } from 'bullmq';

/** BullMQ keeps its first look at the server, and a failed one for ever. */
type Look = { readyPromise?: Promise<void> | undefined; waitUntilReady: () => Promise<void> };

/**
 * The same PostgreSQL backend, whose first look at the server may fail: the next command looks again. Without this a
 * worker that opened while the server was too busy to take a connection (5 s) never did a job, and the queue's counts
 * waited for it for ever.
 */
export function lookAgain<Backend extends IQueueBackend>(backend: Backend): Backend {
  const { connection } = backend as unknown as { connection: Look };
  for (const look of [backend as unknown as Look, connection]) forgetFailure(look);
  return backend;
}

function forgetFailure(look: Look): void {
  const waitUntilReady = look.waitUntilReady.bind(look);
  look.waitUntilReady = async () => {
    try {
      await waitUntilReady();
    } catch (error) {
      look.readyPromise = undefined;
      throw error;
    }
  };
}
