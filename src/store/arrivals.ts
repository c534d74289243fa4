import { type Insertable, sql } from 'kysely';
import { machineNow } from '../clock.ts';
import type { Arrival, MailHead, PassedOver, Place } from '../mailbox/ledger.ts';
import { type Db, type OpenDb, storable } from './database.ts';
import type { Tables } from './schema.ts';

/**
 * Records the mail, or one more place of a mail already known by its content.
 *
 * @param keptAt office time; `seenAt` machine time
 */
export async function keepMail(
  db: OpenDb,
  arrival: Arrival,
  keptAt: Date,
  seenAt: Date = machineNow(),
): Promise<{ message: number; isNew: boolean }> {
  return db.transaction().execute((tx) => keepMailIn(tx, arrival, keptAt, seenAt));
}

/** Several at once, all or none; by UID, so of one folder. */
export async function keepMails(db: OpenDb, arrivals: readonly Arrival[], keptAt: Date) {
  return db.transaction().execute(async (tx) => {
    const kept: [uid: number, { message: number; isNew: boolean }][] = [];
    for (const arrival of arrivals) kept.push([arrival.place.uid, await keepMailIn(tx, arrival, keptAt)]);
    return kept;
  });
}

/** The same within a transaction. */
export async function keepMailIn(
  tx: Db,
  { place, receivedAt, receivedFrom, raw }: Arrival,
  keptAt: Date,
  seenAt: Date = machineNow(),
): Promise<{ message: number; isNew: boolean }> {
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
  await sight(tx, [sighting(place, message, receivedAt, seenAt)]);
  if (!fresh) await arrivedBy(tx, message, receivedAt);
  return { message, isNew: fresh !== undefined };
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
