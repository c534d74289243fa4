import { createHash } from 'node:crypto';
import { createRedisBackend } from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';
import { Failure } from '../errors.ts';
import type { Ground } from './ground.ts';
import { steady } from './steady.ts';
import { isPermanent } from './trouble.ts';
import { within } from './within.ts';

/** How long we wait for a server at the start. */
const patienceMs = 5_000;

/** How long adding waits for a Redis that went away: the row is due anyway, the sweep adds it later. */
const addingMs = 2_000;

/** A sleep cannot be ended while Redis is away: a process that closes its queue then would linger for so long. */
const sleepSeconds = 30;

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
  const working = await connect(redisUrl);
  const adding = working.duplicate({ commandTimeout: addingMs });
  for (const client of [working, adding]) client.on('error', onError);
  const blocking = keepDuplicates(working);
  return {
    name: 'Redis',
    prefix,
    sleepSeconds,
    factory: (name, options, parts) => {
      const connection = parts?.withBlockingConnection ? working : adding;
      return steady(createRedisBackend(name, { ...options, connection }, parts), sleepSeconds);
    },
    close: async () => {
      await Promise.all([working, adding, ...blocking].map(leave));
    },
  };
}

/** @throws Failure when nobody answers in time or answers no */
async function connect(redisUrl: string): Promise<Redis> {
  const client = new Redis(redisUrl, { maxRetriesPerRequest: null, retryStrategy: () => 500 });
  let reason = 'no answer';
  client.on('error', (error) => {
    reason = error.message;
  });
  if (await within(patienceMs, client.ping()).catch(() => false)) return client; // `reason` has heard why not
  await leave(client);
  throw unanswered(reason);
}

/** @param reason what Redis or the socket said */
export function unanswered(reason: string): Failure {
  if (isPermanent(new Error(reason)))
    return new Failure('permanent', 'Redis 拒绝登录，请检查 REDIS_URL 里的账号和密码', reason);
  return new Failure('temporary', '连不上 Redis，任务队列无法打开；请检查 REDIS_URL 和 Redis 是否在运行', reason);
}

/** BullMQ's copies of a connection, one a worker: while Redis is away it cannot end them, and they would try for ever. */
function keepDuplicates(client: Redis): Redis[] {
  const copies: Redis[] = [];
  const duplicate = client.duplicate.bind(client);
  client.duplicate = (options) => {
    const copy = duplicate(options);
    copies.push(copy);
    return copy;
  };
  return copies;
}

/**
 * Says goodbye when the server listens, hangs up when it does not. While ioredis waits to call again it neither ends
 * nor lets go of what is waiting for it: one last call, now, does both.
 */
async function leave(client: Redis): Promise<void> {
  client.options.retryStrategy = () => null;
  if (client.status === 'ready' && (await isDone(client.quit()))) return;
  if (client.status === 'end') return;
  client.disconnect();
  if (client.status === 'reconnecting' && (await isDone(client.connect()))) client.disconnect();
}

/** A connection that is ending may answer with an error as well as not at all; it is the same to us. */
const isDone = (promise: Promise<unknown>) => within(1_000, promise).catch(() => false);

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
