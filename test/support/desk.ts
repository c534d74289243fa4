import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { silentLog } from '../../src/log.ts';
import { type ActResult, performAct } from '../../src/office/act.ts';
import { openBooks } from '../../src/office/books.ts';
import { rebuild } from '../../src/office/rebuild.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import type { Deed } from '../../src/review/acts.ts';
import { readSettings } from '../../src/settings.ts';
import { listApplications } from '../../src/store/application-list.ts';
import { emptyDatabase } from '../../src/store/database.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { messagesToRerun, rerunMessages } from '../../src/store/messages.ts';
import { sharesHeld } from '../../src/store/shares.ts';
import { readState } from '../../src/store/state-hash.ts';
import { freshDatabase } from './database.ts';
import { arrives, at, passes } from './life.ts';
import { openTestOffice, type TestOffice } from './office.ts';

/** A desk in an office at work, with its mailbox: a person acts, the books are run again, lost and rebuilt. */
export type Desk = Awaited<ReturnType<typeof openDesk>>;

/**
 * @param said office time at the start, as `at` takes it
 * @param given settings by their names, beside the mailbox and the folder that letters go to
 */
export async function openDesk(said: string, given: NodeJS.Dict<string> = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-desk-'));
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir);
  const database = await freshDatabase();
  const server: NeteaseServer = await startNeteaseServer();
  const settings = {
    ...{ DATABASE_URL: database.url, DATA_DIR: dataDir, IMAP_URL: server.url, LETTERS: 'auto' },
    ...{ SMTP_URL: `file:${join(folder, 'outbox')}`, ...given },
  };
  const open = (now: string) => openTestOffice(settings, now);
  let office: TestOffice = await open(at(said).toISOString());

  /** Raw mails, journal and nothing else: the office is closed, its database emptied, rebuilt, and work goes on. */
  async function loseAndRebuild(): Promise<void> {
    const [before, now] = [await readState(office.db, { times: true }), office.clock.now().toISOString()];
    await office.close();
    const books = await openBooks({ ...readSettings(settings, folder), configDir: 'config' }, silentLog);
    await emptyDatabase(books.db);
    const odd = await rebuild(books, () => {});
    const after = await readState(books.db, { times: true });
    await books.close();
    office = await open(now);
    expect(odd).toEqual({ unreadable: 0, held: 0, decisions: [] });
    expect(after).toEqual(before);
  }

  async function rerunAll(): Promise<void> {
    const identities = await messagesToRerun(office.db, 'all');
    await office.journal.write({ event: 'rerun', identities, letters: [], by: 'wang' });
    await rerunMessages(office.db, identities);
    await office.work();
  }

  const record = async (number: string) => {
    const [found] = await listApplications(office.db, number);
    if (!found) throw new Error(`no application ${number}`);
    return found;
  };

  return {
    office: () => office,
    arrives: (when: string, raw: Buffer) => arrives(office, server, when, raw),
    /** It lies in the mailbox; nobody has looked yet. */
    delivers: (when: string, raw: Buffer) => server.deliver({ raw, receivedAt: at(when) }),
    passes: (when: string) => passes(office, when),
    record,
    numberOf: async (nominee: string) => {
      const found = (await listApplications(office.db)).find((each) => each.nominee === nominee && !each.isGone);
      if (!found) throw new Error(`no application of ${nominee}`);
      return found.number;
    },
    /** Does what wang wants, having looked at the application as it is now. */
    act: async (deed: Deed & { note?: string }, seen?: number | null): Promise<ActResult> => {
      const looked = seen === undefined && 'number' in deed ? (await record(deed.number)).version : (seen ?? null);
      return performAct(office, { ...deed, by: 'wang' }, looked);
    },
    /** The identity of the newest mail with this in its subject. */
    mail: async (subject: string) => {
      const rows = await office.db
        .selectFrom('message')
        .select(['identity', 'subject'])
        .orderBy('id', 'desc')
        .execute();
      const found = rows.find((row) => row.subject.includes(subject));
      if (!found) throw new Error(`no mail ${subject}`);
      return found.identity;
    },
    shares: async (number: string) => sharesHeld(office.db, (await record(number)).id),
    letters: async (number: string) =>
      (await listLetters(office.db, { number })).map(({ kind, state }) => `${kind} ${state}`),
    messages: () => listMessages(office.db),
    outbox: () => {
      const letters = join(folder, 'outbox');
      return readdirSync(letters)
        .sort()
        .map((name) => readFileSync(join(letters, name), 'utf8'));
    },
    rerunAll,
    loseAndRebuild,
    /** The point of it all: everything run again, then everything lost and rebuilt, and the books say the same. */
    survives: async () => {
      await office.work(); // what is due leaves first
      const before = await readState(office.db, { times: true });
      await rerunAll();
      expect(await readState(office.db, { times: true })).toEqual(before);
      await loseAndRebuild();
    },
    close: async () => {
      await office.close();
      await server.close();
      await database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

/** The id of an act that was done. */
export function done(result: ActResult): string {
  if ('refused' in result) throw new Error(JSON.stringify(result));
  return result.id;
}
