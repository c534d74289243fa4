import pg from 'pg';
import { Failure } from '../../errors.ts';
import { superuser } from './make.ts';

/** The database and the role that owns it; no superuser, so that no query can reach the computer's files. */
export const role = 'shouli';

/**
 * The database's address, once the server answers. Made when absent: UTF-8 and pinyin order come from the cluster.
 *
 * @param secret the password of both roles, of characters that need no quoting
 * @throws Failure when it cannot be reached
 */
export async function openDatabase(port: number, secret: string): Promise<string> {
  const address = (user: string, name: string) => `postgres://${user}:${secret}@127.0.0.1:${port}/${name}`;
  const client = new pg.Client({ connectionString: address(superuser, 'postgres'), connectionTimeoutMillis: 30_000 });
  client.on('error', () => {}); // a connection that breaks fails the query too, and that tells
  try {
    await client.connect();
    await makeDatabase(client, secret);
  } catch (error) {
    throw unreachable(error as { code?: string; message: string }, port);
  } finally {
    await client.end();
  }
  return address(role, role);
}

async function makeDatabase(client: pg.Client, secret: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_database where datname = $1', [role]);
  if (rowCount) return;
  await client.query(makeRole(secret));
  await client.query(`create database ${role} owner ${role}`);
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
