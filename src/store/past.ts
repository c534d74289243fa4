import { sql } from 'kysely';
import { applicationOfNumber } from './application-numbers.ts';
import { deskAccount } from './arrivals.ts';
import { type Db, storable } from './database.ts';
import type { HandedLetter, WaitingLetters } from './journal-entry.ts';
import { setCursor } from './ledger.ts';

/**
 * A letter as it was handed to the mail server: what was sent counts, also where today's program would write it
 * otherwise or not at all.
 *
 * @param html for words that differ from the row's own
 * @param handedAt machine time
 */
export async function putHanded(db: Db, letter: HandedLetter, html: string, handedAt: Date): Promise<void> {
  const row = {
    to_address: letter.to,
    subject: storable(letter.subject),
    text: storable(letter.text),
    due_at: new Date(letter.dueAt),
    in_reply_to: letter.inReplyTo,
    refs: letter.references,
    state: 'sending',
    handed_at: handedAt,
  };
  const known = await db
    .updateTable('letter')
    .set((columns) => ({
      ...row,
      html: sql<string>`case when text = ${row.text} then html else ${storable(html)} end`,
      attempts: columns('attempts', '+', 1),
    }))
    .where('message_id', '=', letter.messageId)
    .returning('id')
    .executeTakeFirst();
  if (known) return;
  await db
    .insertInto('letter')
    .values({
      ...row,
      application: letter.number === null ? null : await applicationOfNumber(db, letter.number),
      kind: letter.kind,
      state_key: letter.stateKey,
      number: letter.number,
      html: storable(html),
      message_id: letter.messageId,
      reason: null,
      attempts: 1,
      answer: null,
      edited_by: null,
      by_hand: null,
      created_at: new Date(letter.dueAt),
    })
    .onConflict((on) => on.doNothing())
    .execute();
}

export async function letterOfMessageId(db: Db, messageId: string): Promise<number | null> {
  const row = await db.selectFrom('letter').select('id').where('message_id', '=', messageId).executeTakeFirst();
  return row?.id ?? null;
}

const otherwise = '重建数据库时得出的信与当时不同，是否发出由工作人员决定';

/**
 * Lets unsent letters wait as they waited then. One that was not there then comes from a newer program or other
 * settings: no rebuilding writes to a union by itself.
 *
 * @returns how many are held for that reason
 */
export async function waitAsThen(db: Db, now: WaitingLetters, then: WaitingLetters): Promise<number> {
  const unknown = [...now.due, ...now.held].filter((id) => !then.due.includes(id) && !then.held.includes(id));
  const change = (ids: string[], to: { state: 'due' | 'held'; reason: string | null }) =>
    db
      .updateTable('letter')
      .set(to)
      .where('message_id', 'in', ids.length > 0 ? ids : [''])
      .execute();
  await change(
    now.held.filter((id) => then.due.includes(id)),
    { state: 'due', reason: null },
  );
  await change([...now.due.filter((id) => then.held.includes(id)), ...unknown], { state: 'held', reason: otherwise });
  return unknown.length;
}

export async function rule(db: Db, identity: string, ruled: 'application' | 'set_aside' | null): Promise<void> {
  await db.updateTable('message').set({ ruled }).where('identity', '=', identity).execute();
}

/** So that the ledger counts the folders again; from 0, for nobody knows below which UID a mail was left behind. */
export async function restoreCursors(db: Db): Promise<void> {
  const rows = await db
    .selectFrom('sighting')
    .select(['account', 'folder', 'uid_validity'])
    .distinctOn(['account', 'folder'])
    .orderBy('account')
    .orderBy('folder')
    .orderBy('seen_at', 'desc')
    .execute();
  for (const { account, folder, uid_validity } of rows)
    if (account !== deskAccount && !account.startsWith('file:'))
      await setCursor(db, { account, folder, uidValidity: uid_validity, uid: 0 });
}
