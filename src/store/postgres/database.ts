import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Failure } from '../../errors.ts';
import { isAway } from '../away.ts';
import { superuser } from './make.ts';

/** The database and the role that owns it; no superuser, so that no query can reach the computer's files. */
export const role = 'shouli';
const patienceMs = 30_000;

/**
 * The database's address, once the server answers. Made when absent: UTF-8 and pinyin order come from the cluster.
 *
 * @param secret the password of both roles, of characters that need no quoting
 * @throws Failure when it cannot be reached
 */
export async function openDatabase(port: number, secret: string): Promise<string> {
  const end = performance.now() + patienceMs;
  for (;;)
    try {
      return await enter(port, secret);
    } catch (error) {
      const isOver = !mayMend(error) || performance.now() > end;
      if (isOver) throw unreachable(error as { code?: string; message: string }, port);
      await sleep(100);
    }
}

/** All of it may be done again: a connection breaks at any of its steps. */
async function enter(port: number, secret: string): Promise<string> {
  const address = (user: string, name: string) => `postgres://${user}:${secret}@127.0.0.1:${port}/${name}`;
  const isStale = await using(address(superuser, 'postgres'), async (client) => {
    await makeDatabase(client, secret);
    return hasOldOrder(client);
  });
  if (isStale) await using(address(superuser, role), orderAnew);
  return address(role, role);
}

/**
 * A server one of whose processes was killed ends all connections and takes nobody in for a moment; some it takes and
 * ends without a word. Where nobody listens any more, waiting mends nothing.
 */
const mayMend = (error: unknown) => isAway(error) && (error as { code?: string }).code !== 'ECONNREFUSED';

async function using<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patienceMs });
  client.on('error', () => {}); // a connection that breaks fails the query too, and that tells
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

async function makeDatabase(client: pg.Client, secret: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [role]);
  if (rowCount) return;
  await client.query(makeRole(secret));
  await client.query(`create database ${role} owner ${role}`);
}

/** Another ICU than the one the indexes were made with sorts otherwise: PostgreSQL warns, and then misses rows. */
async function hasOldOrder(client: pg.Client): Promise<boolean> {
  const { rowCount } = await client.query(
    'select from pg_database where datname = $1 and datcollversion <> pg_database_collation_actual_version(oid)',
    [role],
  );
  return rowCount === 1;
}

async function orderAnew(client: pg.Client): Promise<void> {
  await client.query(`reindex database ${role}`);
  await client.query(`alter database ${role} refresh collation version`);
}

/** A former start may have ended between role and database. */
const makeRole = (secret: string) => `do $$ begin
  if not exists (select from pg_roles where rolname = '${role}') then create role ${role} login; end if;
  alter role ${role} password '${secret}';
end $$`;

const unreachable = (error: { code?: string; message: string }, port: number) =>
  new Failure(
    'temporary',
    `数据库已经启动，但连接不上（${error.code ?? error.message}）。请重新启动一次；仍不行时，请检查本机的安全软件是否拦住了 127.0.0.1 的连接。`,
    `database on port ${port}: ${error.code} ${error.message}`,
    { cause: error },
  );
