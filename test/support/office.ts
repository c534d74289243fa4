import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openReader } from '../../src/documents/reader.ts';
import { type Log, silentLog } from '../../src/log.ts';
import { type Books, openBooks } from '../../src/office/books.ts';
import { type Office, openOffice } from '../../src/office/office.ts';
import { openMailReader } from '../../src/office/reading/mail-reader.ts';
import { openWholeMails } from '../../src/office/reading/whole-mails.ts';
import { type RehearsalClock, rehearsalClock } from '../../src/rehearsal/clock.ts';
import { readSettings, type Settings } from '../../src/settings.ts';
import { beginWork, untilIdle } from '../../workers/at-work.ts';
import { keepPolling, poll } from '../../workers/poll.ts';
import { freshDatabase } from './database.ts';
import { notice } from './notice.ts';

/** An office at work for a test: its own database and folder, a clock that the test moves. */
export type TestOffice = Office & {
  clock: RehearsalClock;
  /** Polls and works until nothing is due. */
  work: () => Promise<void>;
  /** From now on it polls by itself, as the running office does, until it closes. */
  watch: () => void;
};

/** For all offices of a test file: children take a second to start. */
const readers = { files: openReader(), whole: openWholeMails(notice) };
/** Benchmarks open such offices, too, without jest; their process ends by itself. */
(globalThis as { afterAll?: (work: () => Promise<void>) => void }).afterAll?.(async () => {
  await Promise.all([readers.files.close(), readers.whole.close()]);
});

/**
 * @param given settings by their names, e.g. IMAP_URL, SMTP_URL, QUIET_MINUTES; DATABASE_URL where the shared test server
 *   will not do
 * @param now office time at the start
 */
export async function openTestOffice(
  given: NodeJS.Dict<string>,
  now: string,
  log: Log = silentLog,
): Promise<TestOffice> {
  const database = given.DATABASE_URL ? { url: given.DATABASE_URL, close: async () => {} } : await freshDatabase();
  const folder = mkdtempSync(join(tmpdir(), 'shouli-office-'));
  const settings: Settings = readSettings({ DATABASE_URL: database.url, DATA_DIR: folder, ...given }, folder);
  const clock = rehearsalClock(new Date(now));
  const books: Books = await openBooks({ ...settings, configDir: 'config' }, log, { clock });
  const office: Office = { ...(await openOffice(books, () => {})), mailReader: openMailReader(books, readers) };
  const work = await beginWork(office);
  const stop = new AbortController();
  let watching: Promise<void> | null = null;
  return {
    ...office,
    clock,
    work: async () => {
      await poll(office);
      await untilIdle(office);
    },
    watch: () => {
      watching ??= keepPolling(office, stop.signal);
    },
    close: async () => {
      stop.abort();
      await watching;
      await work.stop();
      await office.close();
      await books.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
