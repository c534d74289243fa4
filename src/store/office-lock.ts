import pg from 'pg';
import type { Log } from '../log.ts';

/** Only one process at a time reads the mailbox and sends letters. Any fixed number does. */
const officeLock = 72;

export type OfficeLock = { release: () => Promise<void> };

/**
 * Takes the office's lock for as long as this process lives: PostgreSQL gives it back the moment the process dies,
 * however it dies.
 *
 * @param onLost called when the connection that holds the lock is gone (the database went away)
 * @returns null when another process works
 */
export async function takeOfficeLock(url: string, log: Log, onLost: () => void): Promise<OfficeLock | null> {
  const client = new pg.Client({ connectionString: url, application_name: 'shouli office', keepAlive: true });
  let isReleased = false;
  client.on('error', (error) => {
    log.warn({ reason: error.message }, 'office lock lost');
    if (!isReleased) onLost();
  });
  await client.connect();
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [officeLock]);
  if (rows[0]?.taken === true)
    return {
      release: async () => {
        isReleased = true;
        await client.end();
      },
    };
  isReleased = true;
  await client.end();
  return null;
}
