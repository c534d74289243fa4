import { sql } from 'kysely';
import { machineNow } from '../clock.ts';
import type { Arrival, Ledger, MailHead, Place } from '../mailbox/ledger.ts';
import { step } from '../steps.ts';
import { type Db, type OpenDb, storable } from './database.ts';
import type { Journal } from './journal.ts';
import { recall, remember } from './office-state.ts';

/**
 * The ledger that polling keeps mail through. Each mail is written to the journal before its row, so that raw files and
 * journal alone give the database back.
 */
export function openLedger(db: OpenDb, journal: Journal): Ledger {
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
    async keep(arrival) {
      await meet(db, journal, arrival.place.account);
      const { place, receivedAt, receivedFrom, raw } = arrival;
      const known = await messageAt(db, place);
      if (known !== null) return { message: known, isNew: false };
      const at = receivedAt.toISOString();
      const keptAt = await journal.write({ event: 'kept', place, receivedAt: at, receivedFrom, raw });
      step('poll: arrival journalled');
      const kept = await keepMail(db, arrival, keptAt);
      step('poll: in the ledger');
      return kept;
    },
    async passOver(place, receivedAt, head, bytes) {
      await meet(db, journal, place.account);
      if ((await messageAt(db, place)) !== null) return;
      const at = receivedAt.toISOString();
      const keptAt = await journal.write({ event: 'passed_over', place, receivedAt: at, head, bytes });
      step('poll: arrival journalled');
      await passOver(db, { place, receivedAt, head, bytes }, keptAt);
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
async function meet(db: OpenDb, journal: Journal, account: string): Promise<void> {
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

async function messageAt(db: OpenDb, place: Place): Promise<number | null> {
  const row = await db
    .selectFrom('sighting')
    .select('message')
    .where('account', '=', place.account)
    .where('folder', '=', place.folder)
    .where('uid_validity', '=', place.uidValidity)
    .where('uid', '=', place.uid)
    .executeTakeFirst();
  return row?.message ?? null;
}

/**
 * Records the mail, or one more place of a mail already known by its content.
 *
 * @param keptAt office time; `seenAt` machine time
 */
export async function keepMail(
  db: OpenDb,
  { place, receivedAt, receivedFrom, raw }: Arrival,
  keptAt: Date,
  seenAt: Date = machineNow(),
): Promise<{ message: number; isNew: boolean }> {
  return db.transaction().execute(async (tx) => {
    const row = { ...headColumns(raw.head), identity: raw.identity, sha256: raw.sha256, bytes: raw.bytes };
    const fresh = await tx
      .insertInto('message')
      .values({
        ...row,
        received_at: receivedAt,
        received_from: receivedFrom,
        fate: 'pending',
        kept_at: keptAt,
        reason: null,
        reason_code: null,
        ruled: null,
        stage: null,
      })
      .onConflict((on) => on.column('identity').doNothing())
      .returning('id')
      .executeTakeFirst();
    const message =
      fresh?.id ??
      (await tx.selectFrom('message').select('id').where('identity', '=', raw.identity).executeTakeFirstOrThrow()).id;
    await sight(tx, place, message, receivedAt, seenAt);
    if (!fresh) await arrivedBy(tx, message, receivedAt);
    return { message, isNew: fresh !== undefined };
  });
}

/** A mail from before the round opens has no raw file: its place names it. */
export async function passOver(
  db: OpenDb,
  { place, receivedAt, head, bytes }: { place: Place; receivedAt: Date; head: MailHead; bytes: number },
  keptAt: Date,
  seenAt: Date = machineNow(),
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const identity = `${place.account} ${place.folder} ${place.uidValidity} ${place.uid}`;
    const fate = { fate: 'before_round', reason_code: 'before_round', reason: '本批开始收件以前的邮件' };
    const row = {
      ...headColumns(head),
      identity,
      sha256: null,
      bytes,
      received_at: receivedAt,
      received_from: 'internaldate',
    };
    const { id } = await tx
      .insertInto('message')
      .values({ ...row, ...fate, kept_at: keptAt, ruled: null, stage: null })
      .onConflict((on) => on.column('identity').doUpdateSet({ identity }))
      .returning('id')
      .executeTakeFirstOrThrow();
    await sight(tx, place, id, receivedAt, seenAt); // its place is its identity: it has no other arrival
  });
}

/** Message-IDs are compared with their brackets everywhere. */
const headColumns = ({ messageId, from, fromName, subject, inReplyTo }: MailHead) => ({
  message_id: messageId === null ? null : storable(messageId),
  from_address: storable(from).toLowerCase(),
  from_name: storable(fromName),
  subject: storable(subject),
  in_reply_to: inReplyTo.map((id) => `<${storable(id)}>`),
});

async function sight(tx: Db, place: Place, message: number, internalDate: Date, seenAt: Date): Promise<void> {
  const { account, folder, uidValidity, uid } = place;
  await tx
    .insertInto('sighting')
    .values({
      account,
      folder,
      uid_validity: uidValidity,
      uid,
      message,
      internal_date: internalDate,
      seen_at: seenAt,
    })
    .onConflict((on) => on.columns(['account', 'folder', 'uid_validity', 'uid']).doNothing())
    .execute();
}

/** The earliest of its arrivals counts: a copy that a rule moved later must not make an application late. */
async function arrivedBy(tx: Db, message: number, at: Date): Promise<void> {
  await sql`update message set received_at = least(received_at, ${at}) where id = ${message}`.execute(tx);
}
