import { randomBytes } from 'node:crypto';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { silentLog } from '../../src/log.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { openCluster } from '../../src/store/postgres/cluster.ts';

export type TestDatabase = { url: string; close: () => Promise<void> };

/**
 * A database of its own for one test file, on a real embedded PostgreSQL that the test files share: the first starts
 * it, the last one stops it. The cluster stays in the temp folder, so that only the first run ever pays for making it.
 *
 * @param like begins as a copy of this one, to which nobody may be connected
 */
export async function freshDatabase(like?: TestDatabase): Promise<TestDatabase> {
  const dataDir = join(tmpdir(), `shouli-test-database-${userInfo().username}`);
  const cluster = await openCluster({ dataDir, log: silentLog });
  const name = `test_${randomBytes(6).toString('hex')}`;
  const url = new URL(cluster.url);
  const keeper = new URL('/postgres', url); // the office's own role may not make databases
  keeper.username = 'postgres';
  try {
    const template = like ? new URL(like.url).pathname.slice(1) : 'template1';
    await say(keeper.href, `create database ${name} owner ${url.username} template ${template}`);
  } catch (error) {
    await cluster.close();
    throw error;
  }
  url.pathname = `/${name}`;
  return {
    url: url.href,
    close: async () => {
      await say(keeper.href, `drop database ${name} with (force)`);
      await cluster.close();
    },
  };
}

/** The same with the office's tables in it. */
export async function freshRecord(): Promise<Database & { url: string }> {
  const house = await freshDatabase();
  const { db, close } = await openDatabase(house.url, silentLog);
  return {
    db,
    url: house.url,
    close: async () => {
      await close();
      await house.close();
    },
  };
}

async function say(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(sql);
  await client.end();
}
