import { type Insertable, sql } from 'kysely';
import { machineNow } from '../clock.ts';
import type { Arrival, MailHead, PassedOver, Place } from '../mailbox/ledger.ts';
import { type Db, type OpenDb, storable } from './database.ts';
import type { Tables } from './schema.ts';

export type Kept = { message: number; isNew: boolean };

/**
 * Records mails, or one more place of a mail already known by its content; all or none.
 *
 * @param keptAt office time; `seenAt` machine time
 * @returns what each of them is, in their order
 */
export const keepMails = (db: OpenDb, arrivals: readonly Arrival[], keptAt: Date, seenAt: Date = machineNow()) =>
  db.transaction().execute((tx) => keepMailsIn(tx, arrivals, keptAt, seenAt));

/** The same within a transaction. */
export async function keepMailsIn(
  tx: Db,
  arrivals: readonly Arrival[],
  keptAt: Date,
  seenAt: Date = machineNow(),
): Promise<Kept[]> {
  const fresh = await addMails(tx, arrivals, keptAt);
  const known = arrivals.map(({ raw }) => raw.identity).filter((identity) => !fresh.has(identity));
  const ids = new Map([...fresh, ...(await messagesOf(tx, known))]);
  const kept = arrivals.map(({ raw: { identity } }): Kept => {
    // Of two copies that came at once the first is new.
    return { message: ids.get(identity) ?? 0, isNew: fresh.delete(identity) };
  });
  const places = arrivals.map(({ place, receivedAt }, nth) =>
    sighting(place, kept[nth]?.message ?? 0, receivedAt, seenAt),
  );
  if (places.length > 0) await sight(tx, places);
  for (const [nth, { message, isNew }] of kept.entries())
    if (!isNew) await arrivedBy(tx, message, arrivals[nth]?.receivedAt ?? keptAt);
  return kept;
}

/** @returns ids by identity; those known before are left out */
async function addMails(tx: Db, arrivals: readonly Arrival[], keptAt: Date): Promise<Map<string, number>> {
  if (arrivals.length === 0) return new Map();
  const rows = arrivals.map(({ receivedAt, receivedFrom, raw: { head, identity, sha256, bytes } }) => ({
    ...headColumns(head),
    identity,
    sha256,
    bytes,
    received_at: receivedAt,
    received_from: receivedFrom,
    fate: 'pending' as const,
    kept_at: keptAt,
    reason: null,
    reason_code: null,
    ruled: null,
    stage: null,
  }));
  const added = await tx
    .insertInto('message')
    .values(rows)
    .onConflict((on) => on.column('identity').doNothing())
    .returning(['id', 'identity'])
    .execute();
  return new Map(added.map(({ id, identity }) => [identity, id]));
}

async function messagesOf(tx: Db, identities: readonly string[]): Promise<[identity: string, message: number][]> {
  if (identities.length === 0) return [];
  const rows = await tx.selectFrom('message').select(['id', 'identity']).where('identity', 'in', identities).execute();
  return rows.map(({ id, identity }) => [identity, id]);
}

/** The account of mails that staff brought: it is no mailbox, has no cursor, and no balance counts it. */
export const deskAccount = 'desk';

/** The first UID of an account of our own that no mail has. */
export async function nextUid(db: Db, account: string): Promise<number> {
  const row = await db
    .selectFrom('sighting')
    .select((select) => select.fn.max('uid').as('uid'))
    .where('account', '=', account)
    .executeTakeFirst();
  return Number(row?.uid ?? 0) + 1;
}

const beforeRound = { fate: 'before_round', reason_code: 'before_round', reason: '本批开始收件以前的邮件' } as const;

/** Mails from before the round opens have no raw file: their place names them, and they have no other arrival. */
export async function passOver(
  db: OpenDb,
  mails: readonly PassedOver[],
  keptAt: Date,
  seenAt: Date = machineNow(),
): Promise<void> {
  const identityOf = ({ account, folder, uidValidity, uid }: Place) => `${account} ${folder} ${uidValidity} ${uid}`;
  const rows = mails.map(({ place, receivedAt, head, bytes }) => ({
    ...headColumns(head),
    ...beforeRound,
    identity: identityOf(place),
    sha256: null,
    bytes,
    received_at: receivedAt,
    received_from: 'internaldate' as const,
    kept_at: keptAt,
    ruled: null,
    stage: null,
  }));
  await db.transaction().execute(async (tx) => {
    const kept = await tx
      .insertInto('message')
      .values(rows)
      .onConflict((on) => on.column('identity').doUpdateSet((row) => ({ identity: row.ref('excluded.identity') })))
      .returning(['id', 'identity'])
      .execute();
    const ids = new Map(kept.map(({ id, identity }) => [identity, id]));
    const sightings = mails.flatMap(({ place, receivedAt }) => {
      const message = ids.get(identityOf(place));
      return message === undefined ? [] : [sighting(place, message, receivedAt, seenAt)];
    });
    await sight(tx, sightings);
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

const sighting = (
  { account, folder, uidValidity, uid }: Place,
  message: number,
  internalDate: Date,
  seenAt: Date,
): Insertable<Tables['sighting']> => ({
  account,
  folder,
  uid_validity: uidValidity,
  uid,
  message,
  internal_date: internalDate,
  seen_at: seenAt,
});

/** A place met before stays as it was. */
async function sight(tx: Db, sightings: Insertable<Tables['sighting']>[]): Promise<void> {
  await tx
    .insertInto('sighting')
    .values(sightings)
    .onConflict((on) => on.columns(['account', 'folder', 'uid_validity', 'uid']).doNothing())
    .execute();
}

/** The earliest of its arrivals counts: a copy that a rule moved later must not make an application late. */
async function arrivedBy(tx: Db, message: number, at: Date): Promise<void> {
  await sql`update message set received_at = least(received_at, ${at}) where id = ${message}`.execute(tx);
}
