import { sql } from 'kysely';
import type { Db } from '../database.ts';
import { listLetters } from '../letter-list.ts';
import type { LetterRecord, LetterState } from '../records.ts';

/** Letters in a state, digests left out; newest first, those that wait oldest due first. */
export async function pageOfLetters(
  db: Db,
  { state, from, most }: { state: LetterState; from: number; most: number },
): Promise<LetterRecord[]> {
  const waits = state === 'due' || state === 'held';
  const { rows } = await sql<{ id: number }>`select id from letter where state = ${state} and kind <> 'digest'
    order by ${waits ? sql`due_at asc, id asc` : sql`coalesce(sent_at, failed_at, due_at) desc, id desc`}
    limit ${most} offset ${from}`.execute(db);
  const order = rows.map(({ id }) => id);
  return (await listLetters(db, { ids: order })).sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id));
}

export async function countLetters(db: Db): Promise<Record<LetterState, number>> {
  const { rows } = await sql<{ state: LetterState; n: number }>`
    select state, count(*)::integer as n from letter where kind <> 'digest' group by state`.execute(db);
  const counts: Record<LetterState, number> = { due: 0, held: 0, sending: 0, sent: 0, failed: 0, bounced: 0 };
  for (const { state, n } of rows) counts[state] = n;
  return counts;
}
