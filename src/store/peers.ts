import { sql } from 'kysely';
import type { Peers } from '../application/peers.ts';
import type { Db } from './database.ts';

/** What the checks across applications ask, from columns: the same as application/peers.ts in memory. */
export async function peersFor(db: Db, id: number): Promise<Peers> {
  const { rows: place } = await sql<{ place: number }>`
    select count(*)::integer as place from application other, application own
    where own.id = ${id} and other.notice = own.notice and other.union_key = own.union_key and not other.is_gone
      and (other.first_received_at, other.id) <= (own.first_received_at, own.id)`.execute(db);
  const { rows: twins } = await sql<{ union: string | null }>`
    select other.union_name as union from application other, application own
    where own.id = ${id} and other.id <> own.id and not other.is_gone and other.notice = own.notice and other.nominee_key = own.nominee_key
    order by other.id`.execute(db);
  const { rows: shared } = await sql<{ key: string; nominee: string | null; file: string }>`
    select theirs.key, other.nominee, theirs.file
    from evidence own join evidence theirs on theirs.key = own.key and theirs.application <> own.application
    join application other on other.id = theirs.application
    where own.application = ${id} order by theirs.application, theirs.file`.execute(db);
  return { placeInUnion: place[0]?.place ?? 1, twins, shared };
}

/** Applications whose checks may come out otherwise now: namesakes, sharers of evidence, later ones of the same union. */
export async function neighboursOf(db: Db, ids: readonly number[]): Promise<number[]> {
  if (ids.length === 0) return [];
  const own = sql`(${sql.join(ids)})`;
  const { rows } = await sql<{ id: number }>`
    select other.id from application other, application own
    where own.id in ${own} and other.id not in ${own} and not other.is_gone and other.notice = own.notice
      and (other.nominee_key = own.nominee_key
        or (other.union_key = own.union_key and (other.first_received_at, other.id) > (own.first_received_at, own.id)))
    union
    select theirs.application from evidence mine join evidence theirs on theirs.key = mine.key
    where mine.application in ${own} and theirs.application not in ${own}`.execute(db);
  return rows.map(({ id }) => id);
}
