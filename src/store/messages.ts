import { sql } from 'kysely';
import type { Db } from './database.ts';
import { storable, storableJson } from './database.ts';
import { firstMet } from './ledger.ts';
import type { Fate, Understood } from './records.ts';

/** A mail to be taken in. */
export type WaitingMessage = {
  id: number;
  identity: string;
  sha256: string;
  bytes: number;
  receivedAt: Date;
  generation: number;
  attempts: number;
  ruled: 'application' | 'set_aside' | null;
  /** Who of the staff brought it; null for what came by mail. */
  broughtBy: string | null;
};

export async function messageOfIdentity(db: Db, identity: string): Promise<number | null> {
  const row = await db.selectFrom('message').select('id').where('identity', '=', identity).executeTakeFirst();
  return row?.id ?? null;
}

/** The mail, if this generation of it still waits: a job from before a rerun finds nothing. */
export async function waitingMessage(db: Db, id: number, generation: number): Promise<WaitingMessage | null> {
  const row = await db
    .selectFrom('message')
    .select(['id', 'identity', 'sha256', 'bytes', 'received_at', 'generation', 'attempts', 'ruled'])
    .select((select) =>
      select
        .selectFrom('act')
        .select('by')
        .where('kind', '=', 'bring')
        .where(sql<boolean>`deed ->> 'mail' = message.identity`)
        .limit(1)
        .as('broughtBy'),
    )
    .where('id', '=', id)
    .where('generation', '=', generation)
    .where('fate', '=', 'pending')
    .executeTakeFirst();
  if (!row?.sha256) return null;
  const ruled = row.ruled as WaitingMessage['ruled'];
  return { ...row, sha256: row.sha256, receivedAt: row.received_at, ruled };
}

/** Whether this generation of the mail still waits; holds its row until the transaction ends. */
export async function stillWaits(
  tx: Db,
  { id, generation }: Pick<WaitingMessage, 'id' | 'generation'>,
): Promise<boolean> {
  const row = await tx
    .selectFrom('message')
    .select(['generation', 'fate'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row?.generation === generation && row.fate === 'pending';
}

/** The thread that an answer to a mail continues. `boxMetAt`: office time at which the mailbox that it came to was met first. */
export type Thread = { messageId: string | null; references: string[]; boxMetAt: Date | null };

export async function threadOf(db: Db, message: number): Promise<Thread> {
  const row = await db
    .selectFrom('message')
    .select((select) => [
      'message_id',
      'in_reply_to',
      select
        .selectFrom('sighting')
        .leftJoin('office_state', (join) => join.on('name', '=', sql<string>`${firstMet('')} || account`))
        .select('value')
        .whereRef('sighting.message', '=', 'message.id')
        .orderBy('seen_at')
        .limit(1)
        .as('met'),
    ])
    .where('id', '=', message)
    .executeTakeFirst();
  const boxMetAt = row?.met ? new Date(row.met) : null;
  return { messageId: row?.message_id ?? null, references: row?.in_reply_to ?? [], boxMetAt };
}

export type FateGiven = { fate: Fate; reasonCode: string | null; reason: string | null; needsPerson: boolean };

export async function giveFate(db: Db, id: number, given: FateGiven, understood: Understood): Promise<void> {
  await db
    .updateTable('message')
    .set({
      fate: given.fate,
      reason_code: given.reasonCode,
      reason: given.reason === null ? null : storable(given.reason),
      needs_person: given.needsPerson,
      understood: storableJson(understood),
      stage: null,
      next_try_at: null,
      failed_at: null,
    })
    .where('id', '=', id)
    .execute();
}

/** Where its materials belong was decided anew; what was understood of it stays. Another fate than that of materials stays, too. */
export async function changeFate(db: Db, id: number, given: FateGiven): Promise<void> {
  await db
    .updateTable('message')
    .set({ fate: given.fate, reason_code: given.reasonCode, reason: given.reason, needs_person: given.needsPerson })
    .where('id', '=', id)
    .where((where) => where.or([where('fate', '=', 'recorded'), where('reason_code', '=', 'unplaced')]))
    .execute();
}

/** Taking it in failed: tried again later, or given up until a person reruns it. `reason` is Chinese, for staff. */
export async function failMessage(
  db: Db,
  id: number,
  failed: { stage: string; reason: string; nextTryAt: Date | null; at: Date },
): Promise<void> {
  await db
    .updateTable('message')
    .set((row) => ({
      fate: failed.nextTryAt ? 'pending' : 'failed',
      stage: failed.stage,
      reason: storable(failed.reason),
      attempts: row('attempts', '+', 1),
      next_try_at: failed.nextTryAt,
      failed_at: failed.at,
    }))
    .where('id', '=', id)
    .execute();
}

/**
 * Mails that can be taken in now, oldest first.
 *
 * @param now machine time
 */
export async function messagesToTakeIn(db: Db, now: Date): Promise<{ id: number; generation: number }[]> {
  return db
    .selectFrom('message')
    .select(['id', 'generation'])
    .where('fate', '=', 'pending')
    .where((where) =>
      where.or([where('next_try_at', 'is', null), where('next_try_at', '<=', now), isBeyondAnyWait(now)]),
    )
    .orderBy('received_at')
    .orderBy('id')
    .limit(500)
    .execute();
}

/** No mail waits longer than 2^attempts minutes (office/take-mail.ts): this one waits for a clock that was set back. */
const isBeyondAnyWait = (now: Date) =>
  sql<boolean>`next_try_at > ${now}::timestamptz + power(2, attempts) * interval '1 minute'`;

/** Which mails a person wants taken in again, by identity; those counted by their header have nothing to take in. */
export async function messagesToRerun(db: Db, which: { ids: number[] } | 'failed' | 'all'): Promise<string[]> {
  const all = db.selectFrom('message').select('identity').where('sha256', 'is not', null).orderBy('id');
  const narrowed =
    which === 'all'
      ? all
      : which === 'failed'
        ? all.where('fate', '=', 'failed')
        : all.where('id', 'in', which.ids.length > 0 ? which.ids : [0]);
  return (await narrowed.execute()).map(({ identity }) => identity);
}

/** Raises the generation of mails, so that they are taken in again from raw. */
export async function rerunMessages(db: Db, identities: readonly string[]): Promise<void> {
  await db
    .updateTable('message')
    .set((row) => ({
      fate: 'pending',
      generation: row('generation', '+', 1),
      attempts: 0,
      next_try_at: null,
      failed_at: null,
      stage: null,
    }))
    .where('identity', 'in', identities.length > 0 ? [...identities] : [''])
    .execute();
}

/** Paths of a mail's files, also of those that nothing was made of, and what stands for files behind its links. */
export async function filesOfMail(db: Db, identity: string): Promise<string[]> {
  const row = await db.selectFrom('message').select('understood').where('identity', '=', identity).executeTakeFirst();
  const { files = [], links = [] } = (row?.understood ?? {}) as Partial<Understood>;
  return [...files.map(({ path }) => path), ...links.map(({ name, provider }) => name ?? provider)];
}
