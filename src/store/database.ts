import { Kysely, Migrator, PostgresDialect, sql, type Transaction } from 'kysely';
import pg from 'pg';
import { Failure } from '../errors.ts';
import type { Log } from '../log.ts';
import { withPlansKept } from './kept-plans.ts';
import * as ledger from './migrations/0001-ledger.ts';
import * as acts from './migrations/0002-acts.ts';
import * as desk from './migrations/0003-desk.ts';
import * as waiting from './migrations/0004-waiting.ts';
import * as letters from './migrations/0005-letters.ts';
import * as news from './migrations/0006-news.ts';
import type { Tables } from './schema.ts';

/** A connection or a transaction: what every query function takes first. */
export type Db = Kysely<Tables> | Transaction<Tables>;
/** A connection that can open transactions. */
export type OpenDb = Kysely<Tables>;
export type Database = { db: OpenDb; close: () => Promise<void> };

const connections = 8;
const connectMs = 10_000;
/** A server that vanished without a word (its line cut, its machine off) is asked for after so long. */
const silentMs = 10_000;

/**
 * Opens the record and brings its tables up to date.
 *
 * @throws Failure (temporary) when the server does not answer; (permanent) when its tables are newer than this program
 */
export async function openDatabase(url: string, log: Log): Promise<Database> {
  const database = connectDatabase(url, log);
  try {
    await migrate(database.db);
  } catch (error) {
    await database.close();
    throw error;
  }
  return database;
}

/** Leaves the tables as they are: for a look at a record that another process keeps. The first query connects. */
export function connectDatabase(url: string, log: Log): Database {
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: connectMs,
    keepAlive: true,
    keepAliveInitialDelayMillis: silentMs,
    application_name: 'shouli',
    types: { getTypeParser: (oid, format) => (oid === int8 ? Number : pg.types.getTypeParser(oid, format)) },
  });
  let isClosing = false; // the server may stop before the last goodbye has reached it
  pool.on('error', (error) => {
    if (!isClosing) log.warn({ reason: error.message }, 'database connection lost'); // the pool opens another
  });
  // The pool listens to idle connections only; one that breaks in the middle of a transaction would end the process.
  pool.on('connect', (client) => client.on('error', () => undefined)); // the query fails too, and that tells
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withPlansKept(pool) }) });
  const close = () => {
    isClosing = true;
    return db.destroy();
  };
  return { db, close };
}

/** Counts and UIDs come as int8, which `pg` hands out as text; ours stay below 2^53. */
const int8 = 20;

async function migrate(db: Kysely<Tables>): Promise<void> {
  const migrations = {
    '0001-ledger': ledger,
    '0002-acts': acts,
    '0003-desk': desk,
    '0004-waiting': waiting,
    '0005-letters': letters,
    '0006-news': news,
  };
  const { error } = await new Migrator({ db, provider: { getMigrations: async () => migrations } }).migrateToLatest();
  if (!error) return;
  const reason = error instanceof Error ? error.message : String(error);
  if (/previously executed migration/.test(reason))
    throw new Failure('permanent', '数据库是由更新版本的受理系统建立的，请使用同样新的版本', reason, { cause: error });
  throw new Failure('temporary', `数据库打不开：${reason}`, reason, { cause: error });
}

/** Takes everything out of a database, the queue's tables too: the next opening makes it anew. */
export async function emptyDatabase(db: OpenDb): Promise<void> {
  await sql`drop schema if exists bullmq cascade; drop schema public cascade; create schema public`.execute(db);
}

/** PostgreSQL holds no U+0000, neither in text nor in JSON; strangers' cells and names do. */
export const storable = (text: string) => text.replaceAll('\0', '');
export const storableJson = (value: unknown) => JSON.stringify(value).replaceAll('\\u0000', '');
