import { sql } from 'kysely';
import type { ShareRef } from '../../review/acts.ts';
import { shareRef } from '../../review/placing.ts';
import type { Db } from '../database.ts';

/** What a mail brought, and the number of the application that holds it; null while nobody placed it. */
export async function sharesOfMail(db: Db, message: number): Promise<{ ref: ShareRef; number: string | null }[]> {
  const rows = await db
    .selectFrom('share')
    .innerJoin('message', 'message.id', 'share.message')
    .leftJoin('application', 'application.id', 'share.application')
    .select(['message.identity', 'share.position', 'application.number'])
    .where('share.message', '=', message)
    .orderBy('share.position')
    .execute();
  return rows.map(({ identity, position, number }) => ({ ref: shareRef(identity, position), number }));
}

/** A share that waits for a person to say where it belongs. `who`: union and nominee of an application it may belong to. */
export type Unplaced = {
  ref: ShareRef;
  position: number;
  nominee: string | null;
  perhaps: { number: string; who: string }[];
};

/** What a mail brought that belongs to no application for sure. */
export async function unplacedOf(db: Db, message: number): Promise<Unplaced[]> {
  const { rows } = await sql<{
    identity: string;
    position: number;
    nominee: string | null;
    perhaps: Unplaced['perhaps'];
  }>`
    select m.identity, s.position, s.content ->> 'nominee' as nominee, coalesce((
      select json_agg(json_build_object('number', a.number, 'who', concat_ws('—', a.union_name, a.nominee)) order by a.number)
      from application a where a.id = any (s.perhaps)), '[]') as perhaps
    from share s join message m on m.id = s.message
    where s.message = ${message} and s.application is null order by s.position`.execute(db);
  return rows.map(({ identity, ...rest }) => ({ ...rest, ref: shareRef(identity, rest.position) }));
}
