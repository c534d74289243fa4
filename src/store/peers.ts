import { sql } from 'kysely';
import type { Peers } from '../application/peers.ts';
import type { Db } from './database.ts';

/** What the checks across applications ask, from columns: the same as application/peers.ts in memory. */
export async function peersFor(db: Db, id: number): Promise<Peers> {
  const { rows } = await sql<Peers>`
    select
      (select count(*)::integer from application other
        where other.notice = own.notice and other.union_key = own.union_key and not other.is_gone
          and (other.first_received_at, other.id) <= (own.first_received_at, own.id)) as "placeInUnion",
      (select coalesce(json_agg(json_build_object('union', other.union_name) order by other.id), '[]')
        from application other
        where other.id <> own.id and not other.is_gone and other.notice = own.notice
          and other.nominee_key = own.nominee_key) as twins,
      (select coalesce(json_agg(json_build_object('key', theirs.key, 'nominee', other.nominee, 'file', theirs.file)
          order by theirs.application, theirs.file), '[]')
        from evidence mine join evidence theirs on theirs.key = mine.key and theirs.application <> mine.application
          join application other on other.id = theirs.application
        where mine.application = own.id) as shared
    from application own where own.id = ${id}`.execute(db);
  const [peers] = rows;
  return { twins: [], shared: [], ...peers, placeInUnion: peers?.placeInUnion || 1 };
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
