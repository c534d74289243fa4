import { sql } from 'kysely';
import { type Db, storable } from './database.ts';
import { listLetters } from './lists.ts';
import type { LetterRecord } from './records.ts';

/** A letter in the hands of `deliver`, with what its journal entry names it by. */
export type ClaimedLetter = { letter: LetterRecord; stateKey: string; application: number | null };

/**
 * Letters that have fallen due, oldest first. One waits as long as a fetched mail of its addressee, or one that answers
 * a letter of its application, is not taken in: that mail may change everything (design, Time).
 *
 * @param officeNow decides whether it is due; `machineNow` whether a retry's wait is over
 */
export async function lettersToSend(
  db: Db,
  officeNow: Date,
  machineNow: Date,
): Promise<{ id: number; generation: number }[]> {
  const { rows } = await sql<{ id: number; generation: number }>`
    select l.id, l.generation from letter l
    where l.state = 'due' and l.due_at <= ${officeNow} and (l.next_try_at is null or l.next_try_at <= ${machineNow})
      and not exists (
        select from message m where m.fate = 'pending' and m.next_try_at is null
          and (m.from_address = l.to_address or m.in_reply_to && array(
            select told.message_id from letter told where told.application = l.application)))
    order by l.due_at, l.id limit 500`.execute(db);
  return rows;
}

/** Takes a due letter in hand; null when somebody else did, or it is no longer wanted. */
export async function claimLetter(db: Db, id: number, generation: number, now: Date): Promise<ClaimedLetter | null> {
  const row = await db
    .updateTable('letter')
    .set((letter) => ({ state: 'sending', handed_at: now, attempts: letter('attempts', '+', 1) }))
    .where('id', '=', id)
    .where('generation', '=', generation)
    .where('state', '=', 'due')
    .returning(['state_key', 'application'])
    .executeTakeFirst();
  const [letter] = row ? await listLetters(db, { ids: [id] }) : [];
  return row && letter ? { letter, stateKey: row.state_key, application: row.application } : null;
}

/** Letters that a killed process held: they go out again under the same Message-ID. Only while nobody delivers. */
export async function releaseHanded(db: Db): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('letter')
    .set({ state: 'due' })
    .where('state', '=', 'sending')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** What became of a letter in hand. `reason` is Chinese, for staff. */
export type Delivered =
  | { state: 'sent'; at: Date; answer: string }
  | { state: 'due'; nextTryAt: Date; reason: string; answer: string }
  | { state: 'failed'; at: Date; reason: string; answer: string };

export async function settleDelivery(db: Db, id: number, result: Delivered): Promise<void> {
  const answer = storable(result.answer);
  const change =
    result.state === 'sent'
      ? { sent_at: result.at, reason: null, next_try_at: null }
      : result.state === 'due'
        ? { next_try_at: result.nextTryAt, reason: result.reason }
        : { failed_at: result.at, reason: result.reason };
  await db
    .updateTable('letter')
    .set({ ...change, state: result.state, answer })
    .where('id', '=', id)
    .where('state', '=', 'sending')
    .execute();
}

/** Machine times at which letters were handed over, for the pace. */
export async function handedSince(db: Db, since: Date): Promise<Date[]> {
  const rows = await db
    .selectFrom('letter')
    .select('handed_at')
    .where('handed_at', '>=', since)
    .where('state', 'in', ['sent', 'bounced'])
    .execute();
  return rows.flatMap(({ handed_at }) => handed_at ?? []);
}

/** Applications whose unsent demand was written before the cut-off and now names a date gone by. */
export async function overdueDemand(db: Db, letter: number, cutOff: Date): Promise<number | null> {
  const row = await db
    .selectFrom('letter')
    .select('application')
    .where('id', '=', letter)
    .where('kind', '=', 'correction_request')
    .where('state', '=', 'due')
    .where('due_at', '<', cutOff)
    .executeTakeFirst();
  return row?.application ?? null;
}

/** Puts failed letters out again (a person's rerun). @returns how many */
export async function retryLetters(db: Db): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable('letter')
    .set((letter) => ({
      state: 'due',
      generation: letter('generation', '+', 1),
      attempts: 0,
      next_try_at: null,
      failed_at: null,
    }))
    .where('state', '=', 'failed')
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** A person presses send. @returns the letters that are due now */
export async function releaseHeld(
  db: Db,
  which: readonly number[] | 'all',
): Promise<{ id: number; messageId: string }[]> {
  const released = db.updateTable('letter').set({ state: 'due', reason: null }).where('state', '=', 'held');
  const rows = await (which === 'all' ? released : released.where('id', 'in', which.length > 0 ? [...which] : [0]))
    .returning(['id', 'message_id'])
    .execute();
  return rows.map(({ id, message_id }) => ({ id, messageId: message_id }));
}

/** When the next waiting letter falls due. */
export async function nextLetterDue(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('letter')
    .select((select) => select.fn.min('due_at').as('at'))
    .where('state', '=', 'due')
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Office time at which the last letter left. */
export async function lastSent(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('letter')
    .select((select) => select.fn.max('sent_at').as('at'))
    .executeTakeFirst();
  return row?.at ?? null;
}

/** The newest letter sent about what the mail with this hash brought. */
export async function letterOfStory(db: Db, sha256: string | null): Promise<string | null> {
  if (sha256 === null) return null;
  const row = await db
    .selectFrom('letter')
    .innerJoin('share', 'share.application', 'letter.application')
    .innerJoin('message', 'message.id', 'share.message')
    .select('letter.message_id')
    .where('message.sha256', '=', sha256)
    .where('letter.state', '=', 'sent')
    .orderBy('letter.id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.message_id ?? null;
}
