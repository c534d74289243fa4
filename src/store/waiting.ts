import type { Db } from './database.ts';

export type Waiting = { count: number; first: Date | null };

/** What is in the books but not done yet: letters due later or held, mails to be tried again, failures. */
export async function waitingSummary(
  db: Db,
): Promise<{ due: Waiting; held: number; failed: number; retryMails: Waiting }> {
  const letters = await db
    .selectFrom('letter')
    .select((select) => ['state', select.fn.countAll<number>().as('count'), select.fn.min('due_at').as('first')])
    .where('state', 'in', ['due', 'held', 'failed'])
    .groupBy('state')
    .execute();
  const mails = await db
    .selectFrom('message')
    .select((select) => ['fate', select.fn.countAll<number>().as('count'), select.fn.min('next_try_at').as('first')])
    .where('fate', 'in', ['pending', 'failed'])
    .groupBy('fate')
    .execute();
  const letter = (state: string) => letters.find((row) => row.state === state);
  const mail = (fate: string) => mails.find((row) => row.fate === fate);
  return {
    due: { count: letter('due')?.count ?? 0, first: letter('due')?.first ?? null },
    held: letter('held')?.count ?? 0,
    failed: (letter('failed')?.count ?? 0) + (mail('failed')?.count ?? 0),
    retryMails: { count: mail('pending')?.count ?? 0, first: mail('pending')?.first ?? null },
  };
}
