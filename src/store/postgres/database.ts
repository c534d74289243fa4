import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { Failure } from '../../errors.ts';
import { superuser } from './make.ts';

/** The database and the role that owns it; no superuser, so that no query can reach the computer's files. */
export const role = 'shouli';
/** It says "cannot connect now", or ends the connection it has just taken. */
const notYet = ['57P03', 'ECONNRESET'];

/**
 * The database's address, once the server answers. Made when absent: UTF-8 and pinyin order come from the cluster.
 *
 * @param secret the password of both roles, of characters that need no quoting
 * @throws Failure when it cannot be reached
 */
export async function openDatabase(port: number, secret: string): Promise<string> {
  const address = (user: string, name: string) => `postgres://${user}:${secret}@127.0.0.1:${port}/${name}`;
  try {
    const isStale = await using(address(superuser, 'postgres'), async (client) => {
      await makeDatabase(client, secret);
      return hasOldOrder(client);
    });
    if (isStale) await using(address(superuser, role), orderAnew);
    return address(role, role);
  } catch (error) {
    throw unreachable(error as { code?: string; message: string }, port);
  }
}

async function using<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = await connect(url);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** A server that recovers from a crash of one of its own processes takes nobody in for a moment. */
async function connect(url: string): Promise<pg.Client> {
  for (let waitedMs = 0; ; waitedMs += 100) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 30_000 });
    client.on('error', () => {}); // a connection that breaks fails the query too, and that tells
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (!notYet.includes((error as { code?: string }).code ?? '') || waitedMs > 30_000) throw error;
      await sleep(100);
    }
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
