import { sql } from 'kysely';
import type { Db } from './database.ts';
import { letterFields, letterOf } from './letter-list.ts';
import type { LetterRecord } from './records.ts';

/** A letter in the hands of `deliver`, with what its journal entry names it by. */
export type ClaimedLetter = { letter: LetterRecord; stateKey: string; application: number | null };

/** `office` decides whether a letter is due, `machine` whether a retry's wait is over. */
export type Moment = { office: Date; machine: Date };

/**
 * A letter `l` that has fallen due. It waits as long as a fetched mail of its addressee, or one that answers a letter
 * of its application, is not taken in: that mail may change everything (design, Time). Asked apart, each by its index:
 * together they cost every letter a look at all mails that wait. One handed over in the future was so before the clock
 * was set back, when it was due: the rest of its wait cannot be known, and an hour more would help nobody.
 */
const mayLeave = ({ office, machine }: Moment) => sql<boolean>`
  l.state = 'due' and (
    l.due_at <= ${office} and (l.next_try_at is null or l.next_try_at <= ${machine})
    or l.handed_at > ${machine} and l.due_at <= ${office}::timestamptz + (l.handed_at - ${machine}::timestamptz))
  and not exists (
    select from message m where m.fate = 'pending' and m.next_try_at is null and m.from_address = l.to_address)
  and not exists (
    select from message m where m.fate = 'pending' and m.next_try_at is null and m.in_reply_to <> '{}'
      and m.in_reply_to && array(select told.message_id from letter told where told.application = l.application))`;

/** Letters that may leave now, oldest first. */
export async function lettersToSend(db: Db, now: Moment): Promise<{ id: number; generation: number }[]> {
  const { rows } = await sql<{ id: number; generation: number }>`
    select l.id, l.generation from letter l where ${mayLeave(now)} order by l.due_at, l.id limit 500`.execute(db);
  return rows;
}

/**
 * Takes a due letter in hand; null when somebody else did, or it may no longer leave: since its job was made a mail may
 * have come that holds it back or puts it off.
 */
export async function claimLetter(db: Db, id: number, generation: number, now: Moment): Promise<ClaimedLetter | null> {
  const row = await db
    .updateTable('letter as l')
    .set((letter) => ({ state: 'sending', handed_at: now.machine, attempts: letter('l.attempts', '+', 1) }))
    .where('l.id', '=', id)
    .where('l.generation', '=', generation)
    .where(mayLeave(now))
    .returning([...letterFields, 'state_key', 'application'])
    .executeTakeFirst();
  return row ? { letter: letterOf(row), stateKey: row.state_key, application: row.application } : null;
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

/** Message-IDs of the letters that could not be sent, of all or of those with these ids. */
export async function failedLetters(db: Db, which: readonly number[] | 'all'): Promise<string[]> {
  const failed = db.selectFrom('letter').select('message_id').where('state', '=', 'failed').orderBy('id');
  const rows = await (which === 'all'
    ? failed
    : failed.where('id', 'in', which.length > 0 ? [...which] : [0])
  ).execute();
  return rows.map(({ message_id }) => message_id);
}

/** Puts failed letters out again (a person's rerun). @returns how many */
export async function retryLetters(db: Db, messageIds: readonly string[]): Promise<number> {
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
    .where('message_id', 'in', oneOf(messageIds))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Message-IDs of letters that wait for a person, of all or of those with these ids. */
export async function heldLetters(db: Db, which: readonly number[] | 'all'): Promise<string[]> {
  const held = db.selectFrom('letter').select('message_id').where('state', '=', 'held').orderBy('id');
  const rows = await (which === 'all' ? held : held.where('id', 'in', which.length > 0 ? [...which] : [0])).execute();
  return rows.map(({ message_id }) => message_id);
}

/** A person presses send: what was still to wait leaves now. @param at office time */
export async function releaseHeld(db: Db, messageIds: readonly string[], at: Date): Promise<void> {
  await db
    .updateTable('letter')
    .set({ state: 'due', reason: null, by_hand: 'released', due_at: sql<Date>`least(due_at, ${at})` })
    .where('state', '=', 'held')
    .where('message_id', 'in', oneOf(messageIds))
    .execute();
}

/** SQL knows no empty list. */
const oneOf = (texts: readonly string[]) => (texts.length > 0 ? [...texts] : ['']);

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
