import { silentLog } from '../../src/log.ts';
import { openQueue } from '../../src/queue/queue.ts';

/**
 * A worker of its own process that never finishes a job: `node worker-process.ts DATABASE_URL REDIS_URL|- KIND`. Says
 * `ready`, then `started`; on SIGTERM closes the queue and ends by itself.
 */
const [databaseUrl = '', redisUrl = '-', kind = ''] = process.argv.slice(2);
const queue = await openQueue({ databaseUrl, redisUrl: redisUrl === '-' ? null : redisUrl, log: silentLog });
let finish = () => {};
const endless = new Promise<void>((resolve) => {
  finish = resolve;
});
const handler = async () => {
  console.log('started');
  await endless;
};
if (kind === 'intake' || kind === 'deliver') queue.work(kind, handler, { concurrency: 1 });
process.on('SIGTERM', () => {
  finish();
  void queue.close();
});
console.log('ready');
