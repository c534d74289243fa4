import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, officeClock } from '../clock.ts';
import type { Recorder } from '../intake/recorder.ts';
import type { LetterPolicy } from '../intake/settle-letter.ts';
import type { Log } from '../log.ts';
import { openRawStore, type RawStore } from '../mailbox/raw-store.ts';
import { readAddresses } from '../message/addresses.ts';
import { loadNotice } from '../notice/load.ts';
import type { Notice } from '../notice/notice.ts';
import type { Settings } from '../settings.ts';
import { type OpenDb, openDatabase } from '../store/database.ts';
import { type Journal, openJournal } from '../store/journal.ts';
import { openNumbers } from '../store/numbers.ts';
import { openCluster } from '../store/postgres/cluster.ts';

/** The office's books, open: what every command needs, and all that `messages`, `show` or `decide` need. */
export type Books = {
  settings: Settings;
  notice: Notice;
  clock: Clock;
  log: Log;
  db: OpenDb;
  databaseUrl: string;
  journal: Journal;
  rawStore: RawStore;
  recorder: Recorder;
  /** The sample round: said on every line and page. */
  rehearsal: boolean;
  close: () => Promise<void>;
};

/**
 * Opens the books: attaches to the embedded database or starts it, unless DATABASE_URL names a server.
 *
 * @throws Failure in Chinese for settings, rules or a database that cannot be used
 */
export async function openBooks(
  settings: Settings,
  log: Log,
  given: Partial<Pick<Books, 'clock' | 'rehearsal'>> = {},
): Promise<Books> {
  const notice = loadNotice(settings.configDir, settings.notice);
  const clock = given.clock ?? officeClock(settings.now);
  const cluster = settings.databaseUrl ? null : await openCluster({ dataDir: settings.dataDir, log });
  const databaseUrl = settings.databaseUrl ?? cluster?.url ?? '';
  try {
    const { db, close } = await openDatabase(databaseUrl, log);
    const journal = openJournal(settings.dataDir, clock);
    return {
      settings,
      notice,
      clock,
      log,
      db,
      databaseUrl,
      journal,
      rawStore: await openRawStore(settings.dataDir),
      recorder: {
        db,
        journal,
        numbers: openNumbers(journal),
        policy: letterPolicy(settings, notice, clock, given.rehearsal ?? false),
      },
      rehearsal: given.rehearsal ?? false,
      close: async () => {
        await close();
        await cluster?.close();
      },
    };
  } catch (error) {
    await cluster?.close();
    throw error;
  }
}

function letterPolicy(settings: Settings, notice: Notice, clock: Clock, rehearsal: boolean): LetterPolicy {
  return {
    notice,
    clock,
    rehearsal,
    mode: settings.letters,
    modeSet: settings.lettersSet,
    quietMinutes: settings.quietMinutes,
    domain: notice.mailbox.slice(notice.mailbox.lastIndexOf('@') + 1),
  };
}

/** The address that letters come from: MAIL_FROM, or the round's mailbox under the office's name. */
export function senderOf({ settings, notice }: Pick<Books, 'settings' | 'notice'>): string {
  return settings.mailFrom ?? `${notice.office.name} <${notice.mailbox}>`;
}

/** Mail from these is our own. */
export function ownAddresses({ settings, notice }: Pick<Books, 'settings' | 'notice'>): string[] {
  return [notice.mailbox, ...readAddresses(settings.mailFrom).map(({ address }) => address)];
}

/** Under this name the rehearsal keeps the moment that its office time has come to. */
export const rehearsalAt = 'rehearsal_at';

/** Where the sample round lives, apart from everything real (design, Time). */
export const rehearsalDir = (settings: Settings) => join(settings.dataDir, 'rehearsal');

/**
 * The settings that a command works under. Without a mailbox, and where no real round was ever begun, the books are
 * those of the rehearsal that `npm start` plays, also before it was ever played: a command that looked first must not
 * begin a real round's database.
 */
export function booksInUse(settings: Settings): { settings: Settings; rehearsal: boolean } {
  const isReal =
    settings.imapUrl !== null || settings.databaseUrl !== null || existsSync(join(settings.dataDir, 'database.json'));
  if (isReal) return { settings, rehearsal: false };
  return { settings: { ...settings, dataDir: rehearsalDir(settings) }, rehearsal: true };
}
