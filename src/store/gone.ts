import { machineNow } from '../clock.ts';
import type { Place } from '../mailbox/ledger.ts';
import type { Db } from './database.ts';
import type { Journal } from './journal.ts';

type SeenFolder = Omit<Place, 'uid'>;

/** Mails that a sweep no longer found where they lay: staff moved or deleted them; the ledger keeps them. */
export async function noteGone(db: Db, journal: Journal, folder: SeenFolder, gone: readonly number[]): Promise<void> {
  const rows = await sightingsIn(db, folder, gone).where('gone_at', 'is', null).select('uid').execute();
  const uids = rows.map(({ uid }) => uid);
  if (uids.length === 0) return;
  await journal.write({ event: 'gone', folder, uids });
  await markGone(db, folder, uids, machineNow());
}

export async function markGone(db: Db, folder: SeenFolder, uids: readonly number[], at: Date): Promise<void> {
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

const sightingsIn = (db: Db, { account, folder, uidValidity }: SeenFolder, uids: readonly number[]) =>
  db
    .selectFrom('sighting')
    .where('account', '=', account)
    .where('folder', '=', folder)
    .where('uid_validity', '=', uidValidity)
    .where('uid', 'in', uids.length > 0 ? [...uids] : [0]);
