import { machineNow } from '../clock.ts';
import type { Place } from '../mailbox/ledger.ts';
import type { Db } from './database.ts';
import type { Journal } from './journal.ts';

type SeenFolder = Omit<Place, 'uid'>;

/** Mails that a sweep no longer found where they lay: staff moved or deleted them; the ledger keeps them. */
export async function noteGone(db: Db, journal: Journal, folder: SeenFolder, gone: readonly number[]): Promise<void> {
  const rows = await sightingsIn(db, folder)
    .where('uid', 'in', gone.length > 0 ? [...gone] : [0])
    .where('gone_at', 'is', null)
    .select('uid')
    .execute();
  const uids = rows.map(({ uid }) => uid);
  if (uids.length === 0) return;
  await journal.write({ event: 'gone', folder, uids });
  await markGone(db, folder, uids, machineNow());
}

/**
 * Mails that lay no more where they were met and lie there again: a clerk showed NetEase's older months anew, or a
 * server came back from a backup.
 *
 * @param gone those of the folder that are gone now; all others that the ledger knows are there
 */
export async function noteBack(db: Db, journal: Journal, folder: SeenFolder, gone: readonly number[]): Promise<void> {
  const missed = await sightingsIn(db, folder).where('gone_at', 'is not', null).select('uid').execute();
  const uids = missed.map(({ uid }) => uid).filter((uid) => !gone.includes(uid));
  if (uids.length === 0) return;
  await journal.write({ event: 'back', folder, uids });
  await markGone(db, folder, uids, null);
}

/** The folders of an account in which mails lie, as far as the ledger knows, with the UIDs of those. */
export async function foldersWithMail(db: Db, account: string): Promise<(SeenFolder & { uids: number[] })[]> {
  const rows = await db
    .selectFrom('sighting')
    .select(['folder', 'uid_validity', (select) => select.fn.agg<number[]>('array_agg', ['uid']).as('uids')])
    .where('account', '=', account)
    .where('gone_at', 'is', null)
    .groupBy(['folder', 'uid_validity'])
    .execute();
  return rows.map(({ folder, uid_validity, uids }) => ({
    account,
    folder,
    uidValidity: uid_validity,
    uids: uids.map(Number),
  }));
}

/** @param at machine time; null: they are there again */
export async function markGone(db: Db, folder: SeenFolder, uids: readonly number[], at: Date | null): Promise<void> {
  const { account, folder: name, uidValidity } = folder;
  await db
    .updateTable('sighting')
    .set({ gone_at: at })
    .where('account', '=', account)
    .where('folder', '=', name)
    .where('uid_validity', '=', uidValidity)
    .where('uid', 'in', [...uids])
    .execute();
}

const sightingsIn = (db: Db, { account, folder, uidValidity }: SeenFolder) =>
  db
    .selectFrom('sighting')
    .where('account', '=', account)
    .where('folder', '=', folder)
    .where('uid_validity', '=', uidValidity);
