import { Worker } from 'node:worker_threads';

const lookEveryMs = 500;

/**
 * Ends this process when its parent is gone, however the parent went. A closed channel is only noticed between two
 * steps of the event loop, which a parser in an endless loop never reaches; a thread of its own looks all the same,
 * while there is work: idle children that look twice a second cost as much as the rest of an idle office
 * (bench/latency.ts), and an idle one hears its channel close.
 *
 * @returns `during`: runs a piece of work under the thread's eyes
 */
export function dieWithParent() {
  const atWork = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const look = `
    const { workerData: atWork } = require('node:worker_threads');
    for (;;) {
      Atomics.wait(atWork, 0, 0);
      if (process.ppid !== ${process.ppid}) process.kill(process.pid, 'SIGKILL');
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ${lookEveryMs});
    }
  `;
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 };
  new Worker(look, { eval: true, execArgv: [], env: {}, resourceLimits: limits, workerData: atWork }).unref();
  return {
    async during<Result>(work: () => Result | Promise<Result>): Promise<Result> {
      Atomics.add(atWork, 0, 1);
      Atomics.notify(atWork, 0);
      try {
        return await work();
      } finally {
        Atomics.sub(atWork, 0, 1);
      }
    },
  };
}
