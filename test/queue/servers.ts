import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import pg from 'pg';
import { silentLog } from '../../src/log.ts';
import { openCluster } from '../../src/store/postgres/cluster.ts';

/** A server under the queue, and what may befall it. */
export type TestServer = {
  databaseUrl: string;
  redisUrl: string | null;
  /** Everything the queue holds is gone; tables and server stay. */
  wipe: () => Promise<void>;
  /** kill -9 */
  kill: () => Promise<void>;
  /** The same address answers again. */
  revive: () => Promise<void>;
  /** From now on it refuses what the queue does, however often it is asked. */
  breakForGood: () => Promise<void>;
  close: () => Promise<void>;
};

/** `breakInPart`: a table is gone, the list of what was made says it is there. */
export type TestDatabase = TestServer & { breakInPart: () => Promise<void> };

export async function startPostgres(): Promise<TestDatabase> {
  const dataDir = mkdtempSync(join(tmpdir(), 'shouli-queue-'));
  let cluster = await openCluster({ dataDir, log: silentLog });
  const { url } = cluster;
  return {
    databaseUrl: url,
    redisUrl: null,
    wipe: () => ask(url, wipeAll),
    kill: async () => {
      const { pid } = JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')) as { pid: number };
      process.kill(pid, 'SIGKILL');
      await gone(pid);
    },
    revive: async () => {
      const before = cluster;
      cluster = await openCluster({ dataDir, log: silentLog });
      await before.close();
    },
    breakForGood: () => ask(url, 'drop schema bullmq cascade'),
    breakInPart: () => ask(url, 'drop table bullmq.meta cascade'),
    close: async () => {
      await cluster.close();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

const wipeAll = `do $$ begin execute (
  select 'truncate ' || string_agg('bullmq.' || tablename, ', ') from pg_tables
   where schemaname = 'bullmq' and tablename <> 'migration'); end $$`;

async function ask(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}

export const hasRedis = spawnSync('redis-server', ['--version']).status === 0;

/** A Redis of our own, beside the database that every installation has. */
export async function startRedis({ databaseUrl }: Pick<TestServer, 'databaseUrl'>): Promise<TestServer> {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-redis-'));
  const port = await freePort();
  const redisUrl = `redis://127.0.0.1:${port}`;
  let child = await launch(folder, port);
  const tell = async (...words: [string, ...string[]]) => {
    const client = new Redis(redisUrl);
    await client.call(...words);
    client.disconnect();
  };
  return {
    databaseUrl,
    redisUrl,
    wipe: () => tell('flushall'),
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
    },
    revive: async () => {
      child = await launch(folder, port);
    },
    breakForGood: () => tell('acl', 'setuser', 'default', '-evalsha', '-eval', '-bzpopmin'),
    close: async () => {
      child.kill('SIGKILL');
      if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function launch(folder: string, port: number) {
  const settings = ['--port', `${port}`, '--dir', folder, '--appendonly', 'yes', '--maxmemory-policy', 'noeviction'];
  const child = spawn('redis-server', [...settings, '--save', ''], { stdio: 'ignore' });
  const client = new Redis(`redis://127.0.0.1:${port}`, { maxRetriesPerRequest: null, retryStrategy: () => 50 });
  client.on('error', () => undefined); // it is still starting
  await client.ping();
  client.disconnect();
  return child;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  return typeof address === 'object' && address ? address.port : 0;
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return; // ESRCH: it is no more
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
