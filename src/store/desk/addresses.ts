import { sql } from 'kysely';
import type { Db } from '../database.ts';

/** From which addresses each union has written in this round, in order of the first: how the office learns them. */
export async function addressesOfUnions(db: Db, notice: string): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ union_name: string; addresses: string[] }>`
    select union_name, array_agg(distinct address order by address) as addresses
    from application, unnest(addresses) address
    where notice = ${notice} and union_name is not null and not is_gone group by union_name`.execute(db);
  return new Map(rows.map(({ union_name, addresses }) => [union_name, addresses]));
}
