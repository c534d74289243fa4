import { sql } from 'kysely';
import { machineNow } from '../clock.ts';
import type { Ledger, PassedOver, Place } from '../mailbox/ledger.ts';
import { step } from '../steps.ts';
import { type Kept, keepMails, passOver } from './arrivals.ts';
import type { Db, OpenDb } from './database.ts';
import type { Journal } from './journal.ts';
import { recall, remember } from './office-state.ts';

/**
 * The ledger that polling keeps mail through. Each mail is written to the journal before its row, so that raw files and
 * journal alone give the database back.
 */
export function openLedger(db: OpenDb, journal: Journal): Ledger {
  const met = new Set<string>();
  const meet = async (account: string) => {
    if (!met.has(account)) await noteMeeting(db, journal, account);
    met.add(account);
  };
  return {
    async cursor(account, folder) {
      const row = await db
        .selectFrom('cursor')
        .select(['uid_validity', 'last_uid'])
        .where('account', '=', account)
        .where('folder', '=', folder)
        .executeTakeFirst();
      return row ? { uidValidity: row.uid_validity, lastUid: row.last_uid } : null;
    },
    async keep(arrivals) {
      const met = await messagesAt(db, arrivals);
      const fresh = arrivals.filter(({ place }) => !met.has(place.uid));
      const [first] = fresh;
      if (first) {
        await meet(first.place.account);
        const entries = fresh.map((mail) => ({
          event: 'kept' as const,
          ...mail,
          receivedAt: mail.receivedAt.toISOString(),
        }));
        const keptAt = await journal.write(...entries);
        step('poll: arrival journalled');
        const kept = await keepMails(db, fresh, keptAt);
        for (const [nth, { place }] of fresh.entries()) if (kept[nth]) met.set(place.uid, kept[nth]);
        step('poll: in the ledger');
      }
      return arrivals.flatMap(({ place }) => met.get(place.uid) ?? []);
    },
    async passOver(mails) {
      const fresh = await notMet(db, mails);
      const [first] = fresh;
      if (!first) return;
      await meet(first.place.account);
      const entries = fresh.map((mail) => ({
        event: 'passed_over' as const,
        ...mail,
        receivedAt: mail.receivedAt.toISOString(),
      }));
      const keptAt = await journal.write(...entries);
      step('poll: arrival journalled');
      await passOver(db, fresh, keptAt);
      step('poll: in the ledger');
    },
    async advance(account, folder, uidValidity, lastUid) {
      step('poll: before the cursor');
      await setCursor(db, { account, folder, uidValidity, uid: lastUid });
      step('poll: cursor moved');
    },
    async knownUids(account, folder, uidValidity) {
      const rows = await db
        .selectFrom('sighting')
        .select('uid')
        .where('account', '=', account)
        .where('folder', '=', folder)
        .where('uid_validity', '=', uidValidity)
        .execute();
      return new Set(rows.map(({ uid }) => uid));
    },
  };
}

/** The office time at which Shouli first met this mailbox: letters about older mail wait for a person once (rule 7). */
async function noteMeeting(db: OpenDb, journal: Journal, account: string): Promise<void> {
  const name = firstMet(account);
  if ((await recall(db, name)) !== null) return;
  const at = await journal.write({ event: 'met', account });
  await remember(db, name, at.toISOString());
}

/** The office's state under which the time of the first meeting stands. */
export const firstMet = (account: string) => `first_met:${account}`;

/** Everything up to this UID of the folder is kept. */
export async function setCursor(db: Db, { account, folder, uidValidity, uid }: Place): Promise<void> {
  const row = { account, folder, uid_validity: uidValidity, last_uid: uid, swept_at: machineNow() };
  await db
    .insertInto('cursor')
    .values(row)
    .onConflict((on) => on.columns(['account', 'folder']).doUpdateSet(row))
    .execute();
}

/** Those of some mails of one folder that were not met there. */
async function notMet(db: OpenDb, mails: readonly PassedOver[]): Promise<PassedOver[]> {
  const met = await messagesAt(db, mails);
  return mails.filter(({ place }) => !met.has(place.uid));
}

/** The mails known at places of one folder, by UID. */
async function messagesAt(db: OpenDb, mails: readonly { place: Place }[]): Promise<Map<number, Kept>> {
  const [first] = mails;
  if (!first) return new Map();
  const uids = mails.map(({ place }) => place.uid);
  const rows = await db
    .selectFrom('sighting')
    .select(['uid', 'message'])
    .where('account', '=', first.place.account)
    .where('folder', '=', first.place.folder)
    .where('uid_validity', '=', first.place.uidValidity)
    .where(sql<boolean>`uid = any(${uids}::bigint[])`)
    .execute();
  return new Map(rows.map(({ uid, message }) => [uid, { message, isNew: false }]));
}
