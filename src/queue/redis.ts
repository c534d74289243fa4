import { createHash } from 'node:crypto';
import { createRedisBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { Failure } from '../errors.ts';
import type { Ground } from './ground.ts';
import { steady } from './steady.ts';
import { within } from './within.ts';

/** How long we wait for a server at the start. */
const patienceMs = 5_000;

/** How long adding waits for a Redis that went away: the row is due anyway, the sweep adds it later. */
const addingMs = 2_000;

/**
 * The queue on Redis: two connections for statements (adding gives up after a while, working waits for the server's
 * return), and BullMQ's own blocking one a worker. Keys begin with the database's identity, so that a rehearsal and a
 * real mailbox beside it never take each other's `intake-5-0`.
 *
 * @throws Failure (temporary) when Redis or the database does not answer, (permanent) when Redis refuses us
 */
export async function openRedis(
  redisUrl: string,
  databaseUrl: string,
  onError: (error: Error) => void,
): Promise<Ground> {
  const prefix = `shouli-${await identityOf(databaseUrl)}`;
  const working = connect(redisUrl, {}, onError);
  const adding = connect(redisUrl, { commandTimeout: addingMs }, onError);
  try {
    await Promise.all([answers(working), answers(adding)]);
  } catch (error) {
    working.disconnect();
    adding.disconnect();
    throw error;
  }
  return {
    name: 'Redis',
    prefix,
    factory: (name, options, parts) => {
      const connection = parts?.withBlockingConnection ? working : adding;
      return steady(createRedisBackend(name, { ...options, connection }, parts));
    },
    close: async () => {
      await Promise.all([leave(working), leave(adding)]);
    },
  };
}

function connect(redisUrl: string, more: { commandTimeout?: number }, onError: (error: Error) => void): Redis {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy: () => 500, ...more });
  client.on('error', onError);
  return client;
}

async function answers(client: Redis): Promise<void> {
  const isThere = await within(patienceMs, client.ping()).catch((error: Error) => error);
  if (isThere === true) return;
  const reason = isThere === false ? 'no answer' : isThere.message;
  if (/NOAUTH|WRONGPASS|NOPERM/.test(reason))
    throw new Failure('permanent', 'Redis 拒绝登录，请检查 REDIS_URL 里的密码', reason);
  throw new Failure('temporary', '连不上 Redis，任务队列无法打开；请检查 REDIS_URL 和 Redis 是否在运行', reason);
}

/** Says goodbye when the server listens, hangs up when it does not. */
async function leave(client: Redis): Promise<void> {
  if (client.status === 'ready') await within(1_000, client.quit()).catch(() => false); // it went away meanwhile
  client.disconnect();
}

/** The same for ever, whatever port and password the database runs under: the cluster's own number and its database. */
async function identityOf(databaseUrl: string): Promise<string> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: patienceMs });
  try {
    await client.connect();
    const { rows } = await client.query<{ identity: string }>(
      `select system_identifier || ' ' || current_database() as identity from pg_control_system()`,
    );
    return createHash('sha256')
      .update(rows[0]?.identity ?? '')
      .digest('hex')
      .slice(0, 12);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Failure('temporary', '连不上数据库，任务队列无法打开；请检查数据库是否在运行', reason, { cause: error });
  } finally {
    await client.end().catch(() => undefined); // it never came to be
  }
}
