import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { Log } from '../log.ts';
import type { Db } from './database.ts';

/** Only one process at a time reads the mailbox and sends letters. Any fixed number does. */
const officeLock = 72;
const retryMs = 1_000;

export type OfficeLock = { release: () => Promise<void> };

/**
 * Takes the office's lock for as long as this process lives: PostgreSQL gives it back the moment the process dies,
 * however it dies. When the database goes away for a while the lock is taken again after its return.
 *
 * @param onTaken called when another process took it meanwhile: this one must stop working
 * @returns null when another process works
 */
export async function takeOfficeLock(url: string, log: Log, onTaken: () => void): Promise<OfficeLock | null> {
  let isReleased = false;
  const hold = async (): Promise<pg.Client | null> => {
    const client = new pg.Client({ connectionString: url, application_name: 'shouli office', keepAlive: true });
    let isHeld = false;
    client.on('error', (error) => {
      log.warn({ reason: error.message }, 'office lock lost');
      if (isHeld && !isReleased) void holdAgain();
      isHeld = false;
    });
    await client.connect();
    const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [officeLock]);
    isHeld = rows[0]?.taken === true;
    if (isHeld) return client;
    await client.end();
    return null;
  };
  const holdAgain = async (): Promise<void> => {
    while (!isReleased) {
      const again = await hold().catch(() => undefined); // the database is not back yet
      if (again === null) return onTaken();
      if (again) {
        holder = again;
        return;
      }
      await sleep(retryMs);
    }
  };
  let holder = await hold();
  if (!holder) return null;
  return {
    release: async () => {
      isReleased = true;
      await holder?.end().catch((error: Error) => log.warn({ reason: error.message }, 'office lock already gone'));
    },
  };
}

/**
 * Whether an office works on this database, and since when (machine time). Looks without taking the lock: an office
 * that starts at this very moment must not find it taken.
 */
export async function officeAtWork(db: Db): Promise<{ since: Date | null } | null> {
  const { rows } = await sql<{ since: Date | null }>`
    select activity.backend_start as since from pg_locks held left join pg_stat_activity activity on activity.pid = held.pid
    where held.locktype = 'advisory' and held.classid = 0 and held.objid = ${sql.lit(officeLock)} and held.granted
      and held.database = (select oid from pg_database where datname = current_database())`.execute(db);
  return rows[0] ?? null;
}
