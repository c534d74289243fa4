import { sql } from 'kysely';
import { type Db, storable } from './database.ts';
import type { WaitingLetters } from './journal-entry.ts';
import type { LetterRecord } from './records.ts';

/** A letter as it is laid in the outbox, in the same transaction as its reason. */
export type NewLetter = {
  application: number | null;
  kind: LetterRecord['kind'];
  stateKey: string;
  number: string | null;
  to: string;
  subject: string;
  text: string;
  html: string;
  messageId: string;
  inReplyTo: string | null;
  references: string[];
  state: 'due' | 'held';
  reason: string | null;
  dueAt: Date;
  /** Office time at which it was written, for the caps. */
  writtenAt: Date;
};

/** A letter about a state. `byHand`: a person held it back or let it go; `isEdited`: a person wrote its words. */
export type ToldLetter = {
  id: number;
  state: string;
  text: string;
  dueAt: Date;
  isEdited: boolean;
  byHand: 'held' | 'released' | null;
};

/** The letter about this state, if there is one, and whether letters about other states still wait. */
export async function lettersOnHand(
  db: Db,
  application: number,
  stateKey: string,
): Promise<{ told: ToldLetter | null; othersWait: boolean }> {
  const rows = await db
    .selectFrom('letter')
    .select(['id', 'state', 'state_key', 'text', 'due_at', 'edited_by', 'by_hand'])
    .where('application', '=', application)
    .where((where) => where.or([where('state_key', '=', stateKey), where('state', 'in', ['due', 'held'])]))
    .execute();
  const row = rows.find(({ state_key }) => state_key === stateKey);
  const othersWait = rows.some((each) => each !== row);
  if (!row) return { told: null, othersWait };
  const { id, state, text, due_at: dueAt, edited_by } = row;
  const byHand = row.by_hand as ToldLetter['byHand'];
  return { told: { id, state, text, dueAt, isEdited: edited_by !== null, byHand }, othersWait };
}

/** A newer state makes a letter that has not left pointless; one whose sending has begun stays. @returns those taken back */
export async function withdrawUnsent(
  db: Db,
  application: number,
  exceptStateKey: string | null,
): Promise<{ kind: string; isEdited: boolean }[]> {
  const rows = await db
    .deleteFrom('letter')
    .where('application', '=', application)
    .where('state', 'in', ['due', 'held'])
    .where('state_key', '!=', exceptStateKey ?? '')
    .returning(['kind', 'edited_by'])
    .execute();
  return rows.map(({ kind, edited_by }) => ({ kind, isEdited: edited_by !== null }));
}

/** Does nothing when this state has its letter already: the unique key decides, also between processes. @returns whether it was laid */
export async function layInOutbox(db: Db, letter: NewLetter): Promise<boolean> {
  const row = await db
    .insertInto('letter')
    .values({ ...letterColumns(letter), created_at: letter.writtenAt, answer: null, edited_by: null, by_hand: null })
    .onConflict((on) => on.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * The same state, later words: a letter still waiting is written anew and falls due again. What a person did to it stays:
 * words of their own, holding it back, and letting it go, unless it would say something else than what they let go.
 *
 * @param cutOff a demand written before it and not sent until then names a date gone by: a person lets it go anew
 */
export async function rewriteLetter(db: Db, told: ToldLetter, letter: NewLetter, cutOff: Date): Promise<void> {
  const { subject, text, html, message_id, kind, state, reason, ...rest } = letterColumns(letter);
  const says = told.isEdited ? {} : { subject, text, html, message_id, kind };
  const isOverdue = state === 'held' && told.dueAt < cutOff && letter.dueAt >= cutOff;
  const isReleased = told.byHand === 'released' && !isOverdue && (told.isEdited || told.text === text);
  const waits =
    told.byHand === 'held'
      ? {}
      : isReleased
        ? { state: 'due', reason: null, due_at: told.dueAt } // it leaves when the person wanted it to
        : { state, reason, by_hand: null };
  await db
    .updateTable('letter')
    .set({ ...rest, ...says, ...waits })
    .where('id', '=', told.id)
    .where('state', 'in', ['due', 'held'])
    .execute();
}

function letterColumns(letter: NewLetter) {
  return {
    application: letter.application,
    kind: letter.kind,
    state_key: letter.stateKey,
    number: letter.number,
    to_address: letter.to,
    subject: storable(letter.subject),
    text: storable(letter.text),
    html: storable(letter.html),
    message_id: letter.messageId,
    in_reply_to: letter.inReplyTo,
    refs: letter.references,
    state: letter.state,
    reason: letter.reason,
    due_at: letter.dueAt,
  };
}

/** Message-IDs of the letters about some applications that have not left. */
export async function waitingLetters(db: Db, applications: readonly number[]): Promise<WaitingLetters> {
  const rows = await db
    .selectFrom('letter')
    .select(['message_id', 'state'])
    .where('application', 'in', applications.length > 0 ? [...applications] : [0])
    .where('state', 'in', ['due', 'held'])
    .orderBy('id')
    .execute();
  const idsOf = (state: string) => rows.flatMap((row) => (row.state === state ? [row.message_id] : []));
  return { due: idsOf('due'), held: idsOf('held') };
}

/** Letters that came back: staff see them, and nobody counts them as read. */
export async function markBounced(db: Db, messageIds: readonly string[]): Promise<void> {
  if (messageIds.length === 0) return;
  await db
    .updateTable('letter')
    .set({ state: 'bounced', reason: '被对方邮箱退回，请电话核对邮箱地址' })
    .where('message_id', 'in', [...messageIds])
    .where('state', 'in', ['sent', 'sending'])
    .execute();
}

/** How many letters an application and an address were sent since an instant of office time, for the caps. */
export async function lettersSince(
  db: Db,
  application: number,
  address: string,
  since: Date,
): Promise<{ ofApplication: number; toAddress: number }> {
  // Asked apart, each by its index: together they look at every letter of the day.
  const { rows } = await sql<{ ofApplication: number; toAddress: number }>`
    select
      (select count(*)::integer from letter where application = ${application} and ${counts(since)}) as "ofApplication",
      (select count(*)::integer from letter where to_address = ${address} and ${counts(since)}) as "toAddress"`.execute(
    db,
  );
  return rows[0] ?? { ofApplication: 0, toAddress: 0 };
}

const counts = (since: Date) =>
  sql`kind <> 'digest' and state in ('due', 'sending', 'sent', 'bounced') and created_at >= ${since}`;
