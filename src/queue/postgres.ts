import { createPostgresBackend, type PgPool, runMigrations } from 'bullmq';
import pg from 'pg';
import { Failure } from '../errors.ts';
import type { Ground } from './ground.ts';
import { jobKinds } from './job.ts';
import { lookAgain } from './look-again.ts';
import { steady } from './steady.ts';
import { isPermanent } from './trouble.ts';
import { within } from './within.ts';

/** BullMQ's default; a schema of its own in our database, so a dump or a wipe can leave it out. */
const schema = 'bullmq';

/** SQLSTATE insufficient_privilege. */
const noRight = '42501';

/** One connection a kind listens for its wake-up call, the rest carry statements. */
const maxConnections = jobKinds.length + 4;

/** A look costs four statements a kind; NOTIFY calls a sleeping worker within milliseconds. */
const sleepSeconds = 60;

/**
 * The queue's tables in our own database, over a pool of its own. Its commits do not wait for the disk: the queue is
 * disposable, what a crash of the server takes from it the sweep puts back.
 *
 * @param onError hears of every connection lost while it lay idle
 * @throws Failure (temporary) when the server does not answer, (permanent) when it does not let us in or make tables
 */
export async function openPostgres(databaseUrl: string, onError: (error: Error) => void): Promise<Ground> {
  const pool = new pg.Pool({
    connectionString: databaseUrl,
    options: `-c search_path=${schema} -c synchronous_commit=off`,
    max: maxConnections,
    min: jobKinds.length + 1,
    keepAlive: true,
    connectionTimeoutMillis: 5_000,
  });
  pool.setMaxListeners(4 * jobKinds.length); // each kind's queue and worker listen
  pool.on('error', onError);
  pool.on('connect', (client) => client.on('error', onError)); // also of one that breaks in the middle of a statement
  try {
    await prepareTables(pool);
  } catch (error) {
    await pool.end();
    throw unopened(error);
  }
  const connection = pool as unknown as PgPool; // the same thing; its typings of `on` cannot see it
  return {
    name: 'PostgreSQL',
    prefix: schema,
    sleepSeconds,
    factory: (name, options, parts) =>
      steady(lookAgain(createPostgresBackend(name, { ...options, connection }, parts)), sleepSeconds),
    close: async () => void (await within(2_000, pool.end())),
  };
}

/** Makes what is missing. Tables that somebody half took away are made anew: nothing in them is needed. */
async function prepareTables(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await makeTables(client).catch(async (error) => {
      if (!isPermanent(error) || error.code === noRight) throw error;
      await client.query(`drop schema if exists ${schema} cascade`);
      await makeTables(client);
    });
    await vacuumOften(client);
  } finally {
    client.release();
  }
}

/** @throws what `pg` throws, also when the tables only look made: it takes a job from a kind that has none */
async function makeTables(client: pg.PoolClient): Promise<void> {
  await runMigrations(client, schema);
  await client.query(`select move_to_active('none', 'none', 0, 0, 'none', null, null)`);
}

/**
 * Every job leaves dead rows behind; with the server's defaults (a fifth of the table) taking one slowed to a quarter
 * after some 20,000 of them.
 */
async function vacuumOften(client: pg.PoolClient): Promise<void> {
  const untouched = await client.query<{ name: string }>(
    `select relname as name from pg_class
      where relnamespace = $1::regnamespace and relname in ('job', 'event', 'meta') and reloptions is null`,
    [schema],
  );
  for (const { name } of untouched.rows)
    await client.query(
      `alter table ${schema}.${name} set (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500,
         autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 500)`,
    );
}

function unopened(error: unknown): Failure {
  const reason = error instanceof Error ? error.message : String(error);
  return isPermanent(error)
    ? new Failure('permanent', '数据库不让任务队列进入或建表，请检查 DATABASE_URL 里的账号、密码、库名和权限', reason, {
        cause: error,
      })
    : new Failure('temporary', '连不上数据库，任务队列无法打开；请检查数据库是否在运行', reason, { cause: error });
}
