import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { silentLog } from '../../src/log.ts';
import { connectDatabase } from '../../src/store/database.ts';
import { officeAtWork, takeOfficeLock } from '../../src/store/office-lock.ts';
import { freshDatabase } from '../support/database.ts';

const database = await freshDatabase();
const { db, close } = connectDatabase(database.url, silentLog);
afterAll(async () => {
  await close();
  await database.close();
});

const take = (onLost: () => void = () => undefined) => takeOfficeLock(database.url, silentLog, onLost);

/** The server ends the session that holds the lock, as a restart does. */
async function breakLine(): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  await client.query(`select pg_terminate_backend(pid) from pg_stat_activity
    where application_name = 'shouli office' and datname = current_database()`);
  await client.end();
}

async function soon(what: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; !(await what()); tries += 1) {
    if (tries > 200) throw new Error('it did not come');
    await sleep(25);
  }
}

test('one office works at a time, the next when it has left', async () => {
  const first = await take();
  expect(await take()).toBeNull();
  await first?.release();
  const second = await take();
  expect(second).not.toBeNull();
  await second?.release();
});

test('the database was restarted: the same office works on, nobody else may begin', async () => {
  let lost = 0;
  const lock = await take(() => {
    lost += 1;
  });
  const before = await officeAtWork(db);
  await breakLine();
  // Only looked at: whoever takes the lock to see whether it is free may have it just when the office asks again.
  await soon(async () => {
    const now = await officeAtWork(db);
    return now !== null && now.since?.getTime() !== before?.since?.getTime();
  });
  expect(await take()).toBeNull();
  expect(lost).toBe(0);
  await lock?.release();
  const next = await take();
  expect(next).not.toBeNull();
  await next?.release();
});

test('another took the lock while the line was broken: this office is told to stop', async () => {
  let lost = 0;
  const lock = await take(() => {
    lost += 1;
  });
  const other = new pg.Client({ connectionString: database.url });
  await other.connect();
  const waiting = other.query('select pg_advisory_lock(72)'); // first in the server's own line
  await breakLine();
  await waiting;
  await soon(() => lost === 1);
  await lock?.release();
  await other.end();
});
