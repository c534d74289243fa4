import { type Db, storable } from './database.ts';
import { type Delivered, revived } from './delivered.ts';
import type { Journal } from './journal.ts';

/**
 * Letters left in hand by a process that was killed, or whose database went away. The journal knows what became of a
 * letter once the server has answered; one without an answer goes out again under the same Message-ID.
 *
 * @param inHand those that are in hand now, and stay so
 * @throws Failure while the journal cannot be written: an answer that it does not know yet would let a letter go twice
 */
export async function settleLeftInHand(db: Db, journal: Journal, inHand: ReadonlySet<number>): Promise<void> {
  const sending = await db.selectFrom('letter').select(['id', 'message_id']).where('state', '=', 'sending').execute();
  const left = sending.filter(({ id }) => !inHand.has(id));
  if (left.length === 0) return;
  await journal.write(); // what it keeps
  const answers = await lastAnswers(journal);
  for (const { id, message_id } of left) {
    const result = answers.get(message_id);
    if (result) await settleDelivery(db, id, result);
    else await backToOutbox(db, [id]);
  }
}

/** The answer to each letter's last handing over, by Message-ID; none where it was handed over once more since. */
async function lastAnswers(journal: Journal): Promise<Map<string, Delivered>> {
  const answers = new Map<string, Delivered>();
  for await (const entry of journal.read()) {
    if (entry.event === 'answered') answers.set(entry.messageId, revived(entry.result));
    if (entry.event === 'handed') answers.delete(entry.letter.messageId);
    if (entry.event === 'rerun') for (const letter of entry.letters) answers.delete(letter);
  }
  return answers;
}

/** Letters in hand of nobody are due again; all of them without `ids`. */
export async function backToOutbox(db: Db, ids?: readonly number[]): Promise<void> {
  const back = db.updateTable('letter').set({ state: 'due' }).where('state', '=', 'sending');
  await (ids ? back.where('id', 'in', [...ids]) : back).execute();
}

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
