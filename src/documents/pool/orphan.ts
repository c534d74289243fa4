import { Worker } from 'node:worker_threads';

const lookEveryMs = 500;

/**
 * Ends this process when its parent is gone, however the parent went. A closed channel is only noticed between two
 * steps of the event loop, which a parser in an endless loop never reaches; a thread of its own looks all the same.
 */
export function dieWithParent(): void {
  const look = `
    const parent = ${process.ppid};
    setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), ${lookEveryMs});
  `;
  const limits = { maxOldGenerationSizeMb: 8, maxYoungGenerationSizeMb: 1 };
  new Worker(look, { eval: true, execArgv: [], env: {}, resourceLimits: limits }).unref();
}
