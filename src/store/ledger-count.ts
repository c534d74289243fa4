import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Fate } from './records.ts';

/** How many places each watched folder shows us, and the fates of what lies there: a mail in two folders counts twice. */
export async function countLedger(
  db: Db,
  account: string | null = null,
): Promise<{ byFate: Record<Fate, number>; places: { account: string; folder: string; ledger: number }[] }> {
  const { rows } = await sql<{ account: string; folder: string; fate: Fate; n: number }>`
    select s.account, s.folder, m.fate, count(*)::integer as n from sighting s
    join cursor c on c.account = s.account and c.folder = s.folder and c.uid_validity = s.uid_validity
    join message m on m.id = s.message
    where s.gone_at is null and (${account}::text is null or s.account = ${account}) group by s.account, s.folder, m.fate order by s.folder`.execute(
    db,
  );
  const byFate: Record<Fate, number> = { pending: 0, recorded: 0, set_aside: 0, failed: 0, before_round: 0 };
  const places = new Map<string, { account: string; folder: string; ledger: number }>();
  for (const { account, folder, fate, n } of rows) {
    byFate[fate] += n;
    const key = JSON.stringify([account, folder]);
    places.set(key, { account, folder, ledger: (places.get(key)?.ledger ?? 0) + n });
  }
  return { byFate, places: [...places.values()] };
}
