import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import type { Log } from '../log.ts';
import type { Db } from './database.ts';

/** Only one process at a time reads the mailbox and sends letters. Any fixed number does. */
const officeLock = 72;
const againMs = 1_000;
/** A server under load may take this long to see that the process which held the lock was killed. */
const graceMs = 3_000;

export type OfficeLock = { release: () => Promise<void> };

/** One connection that holds the lock: PostgreSQL gives it back the moment the connection ends. */
type Held = { client: pg.Client; session: Session };
/** Names one session of the server for good, whatever number is given out again. */
type Session = { pid: number; started: string };

/**
 * Takes the office's lock for as long as this process lives, however it dies. When the database goes away and comes
 * back (it was restarted, the line broke), the lock is taken again before anybody notices.
 *
 * @param onTaken called once when another process took it meanwhile: this one must stop working
 * @returns null when another process works
 */
export async function takeOfficeLock(url: string, log: Log, onTaken: () => void): Promise<OfficeLock | null> {
  let isReleased = false;
  let held = await hold(url, null);
  for (let waited = 0; held === null && waited < graceMs; waited += graceMs / 10) {
    await sleep(graceMs / 10);
    held = await hold(url, null);
  }
  if (held === null) return null;

  const regain = async (before: Session): Promise<void> => {
    while (!isReleased) {
      const again = await hold(url, before).catch(() => 'away' as const); // told when it was lost; asked again soon
      if (again === null) return onTaken();
      if (again !== 'away') return watch(again);
      await sleep(againMs, undefined, { ref: false });
    }
  };
  const watch = (now: Held): void => {
    held = now;
    if (isReleased) void now.client.end();
    now.client.once('end', () => {
      if (isReleased) return;
      log.warn({}, 'office lock lost with its connection, taking it again');
      void regain(now.session);
    });
  };
  watch(held);
  return {
    release: async () => {
      isReleased = true;
      await held?.client.end();
    },
  };
}

/**
 * @param before our own lost session, which a server that has not noticed the loss may still keep: it is ended
 * @returns null when another holds the lock
 * @throws what the server or the line says
 */
async function hold(url: string, before: Session | null): Promise<Held | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'shouli office', keepAlive: true });
  client.on('error', () => undefined); // its end is what counts
  await client.connect();
  if (before)
    await client.query(
      'select pg_terminate_backend(pid, 5000) from pg_stat_activity where pid = $1 and backend_start::text = $2',
      [before.pid, before.started],
    );
  const { rows } = await client.query(
    `select pg_try_advisory_lock($1) as taken, pid, backend_start::text as started
     from pg_stat_activity where pid = pg_backend_pid()`,
    [officeLock],
  );
  const { taken, pid, started } = rows[0];
  if (taken === true) return { client, session: { pid, started } };
  await client.end();
  return null;
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
