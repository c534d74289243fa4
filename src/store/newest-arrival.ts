import type { Db } from './database.ts';

/** When the newest mail of the ledger arrived, by the mail server's own clock; null while there is none. */
export async function newestArrival(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('message')
    .select((select) => select.fn.max('received_at').as('at'))
    .where('received_from', '=', 'internaldate')
    .executeTakeFirst();
  return row?.at ?? null;
}
