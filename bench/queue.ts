/**
 * What the queue costs, on each backend: `node --import tsx bench/queue.ts [idleSeconds]`. From add to the handler's
 * start, one job every 20 ms; jobs a second through five at once; and the processor time of five idle kinds a minute,
 * ours and the server's (Linux only: /proc). Redis only where `redis-server` is installed.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { silentLog } from '../src/log.ts';
import { type JobKind, jobKinds } from '../src/queue/job.ts';
import { openQueue, type Queue } from '../src/queue/queue.ts';
import { hasRedis, startPostgres, startRedis } from '../test/queue/servers.ts';

const idleSeconds = Number(process.argv[2] ?? 60);
const singles = 300;
const batch = 5_000;

const postgres = await startPostgres();
await measure('PostgreSQL', postgres.databaseUrl, null);
if (hasRedis) {
  const redis = await startRedis(postgres);
  await measure('Redis', redis.databaseUrl, redis.redisUrl);
  await redis.close();
}
await postgres.close();

async function measure(name: string, databaseUrl: string, redisUrl: string | null): Promise<void> {
  const queue = await openQueue({ databaseUrl, redisUrl, log: silentLog });
  const startedAt = new Map<number | string, number>();
  for (const kind of jobKinds)
    queue.work(kind, async ({ row }) => void startedAt.set(row, performance.now()), { concurrency: 5 });
  await sleep(1_000);
  console.log(`${name}: ${await latency(queue, startedAt)}`);
  console.log(`${name}: ${await throughput(queue, startedAt)}`);
  await sleep(20_000); // what was warm may cool
  const servers = redisUrl ? ['redis-server'] : ['postgres'];
  console.log(`${name}: ${await idle(servers)}`);
  await queue.close();
}

async function latency(queue: Queue, startedAt: Map<number | string, number>): Promise<string> {
  const waits: number[] = [];
  for (let row = 0; row < singles; row++) {
    const began = performance.now();
    await queue.add([{ kind: 'intake', row, generation: 0 }]);
    await sleep(20);
    while (!startedAt.has(row)) await sleep(1);
    waits.push((startedAt.get(row) ?? 0) - began);
  }
  waits.sort((a, b) => a - b);
  const at = (share: number) => (waits[Math.floor(share * singles)] ?? 0).toFixed(1);
  return `add to start p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

async function throughput(queue: Queue, startedAt: Map<number | string, number>): Promise<string> {
  const kind: JobKind = 'deliver';
  const cpu = process.cpuUsage();
  const began = performance.now();
  await queue.add(Array.from({ length: batch }, (_, index) => ({ kind, row: `b${index}`, generation: 0 })));
  const added = performance.now();
  while (startedAt.size < singles + batch) await sleep(5);
  const { user, system } = process.cpuUsage(cpu);
  const perSecond = (ms: number) => Math.round(batch / (ms / 1_000));
  const done = performance.now();
  return `${perSecond(added - began)} adds/s in a batch, ${perSecond(done - added)} jobs/s, ${((user + system) / 1e6).toFixed(2)} CPU s for ${batch}`;
}

async function idle(servers: string[]): Promise<string> {
  const before = { ours: process.cpuUsage(), servers: childSeconds(servers) };
  await sleep(idleSeconds * 1_000);
  const { user, system } = process.cpuUsage(before.ours);
  const perMinute = (seconds: number) => ((seconds * 60) / idleSeconds).toFixed(3);
  return `idle ${perMinute((user + system) / 1e6)} CPU s/min ours, ${perMinute(childSeconds(servers) - before.servers)} the server's`;
}

/** Processor seconds of all processes of that name that descend from us. */
function childSeconds(names: string[]): number {
  const stats = readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(readStat)
    .filter((stat) => stat !== null);
  const parentOf = new Map(stats.map(({ pid, parent }) => [pid, parent]));
  const isOurs = (pid: number): boolean => pid === process.pid || (pid > 1 && isOurs(parentOf.get(pid) ?? 0));
  return stats
    .filter(({ pid, name }) => names.includes(name) && isOurs(pid))
    .reduce((sum, { ticks }) => sum + ticks / 100, 0);
}

function readStat(pid: string): { pid: number; name: string; parent: number; ticks: number } | null {
  try {
    const [, name = '', rest = ''] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    const fields = rest.split(' ').map(Number);
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + each, 0); // its own and its ended children's
    return { pid: Number(pid), name, parent: fields[1] ?? 0, ticks };
  } catch {
    return null; // it ended meanwhile
  }
}
