import { type Db, storable } from './database.ts';

/** An unsent or sent letter by its Message-ID, with the application it is about. */
export async function findByMessageId(
  db: Db,
  messageId: string,
): Promise<{ number: string | null; state: string; subject: string } | null> {
  const row = await db
    .selectFrom('letter')
    .select(['number', 'state', 'subject'])
    .where('message_id', '=', messageId)
    .executeTakeFirst();
  return row ?? null;
}

/** Words of a person's own for a letter that has not left. */
export async function putWords(
  db: Db,
  messageId: string,
  { subject, text, html }: { subject: string; text: string; html: string },
  by: string,
): Promise<void> {
  await db
    .updateTable('letter')
    .set({ subject: storable(subject), text: storable(text), html: storable(html), edited_by: by })
    .where('message_id', '=', messageId)
    .where('state', 'in', ['due', 'held'])
    .execute();
}

/** A letter that would go waits for a person. `reason` is Chinese, for staff. */
export async function holdBack(db: Db, messageId: string, reason: string): Promise<void> {
  await db
    .updateTable('letter')
    .set({ state: 'held', reason: storable(reason), by_hand: 'held' })
    .where('message_id', '=', messageId)
    .where('state', 'in', ['due', 'held'])
    .execute();
}

/** Numbers of the applications that these letters are about. */
export async function numbersOfLetters(db: Db, messageIds: readonly string[]): Promise<string[]> {
  const rows = await db
    .selectFrom('letter')
    .select('number')
    .where('message_id', 'in', messageIds.length > 0 ? [...messageIds] : [''])
    .orderBy('id')
    .execute();
  return [...new Set(rows.flatMap(({ number }) => number ?? []))];
}

/** Message-ID of the newest letter about an application, left or not. */
export async function newestLetter(db: Db, number: string): Promise<string | null> {
  const row = await db
    .selectFrom('letter')
    .select('message_id')
    .where('number', '=', number)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.message_id ?? null;
}
