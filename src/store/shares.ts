import { sql } from 'kysely';
import type { Share } from '../application/application.ts';
import { signsOf } from '../application/assemble.ts';
import type { Notice } from '../notice/notice.ts';
import type { ShareRef } from '../review/acts.ts';
import { mailOf, shareRef } from '../review/placing.ts';
import type { Db } from './database.ts';
import { unpackShare } from './share-content.ts';

/** A share as it is booked, with the mail it came in. */
export type BookedShare = {
  id: number;
  ref: ShareRef;
  message: number;
  identity: string;
  position: number;
  application: number | null;
  share: Share;
};

/** Shares by their origins, in order of arrival; those that no mail brings any more are left out. */
export async function findShares(db: Db, refs: readonly ShareRef[], notice: Notice): Promise<BookedShare[]> {
  const rows = await db
    .selectFrom('share')
    .innerJoin('message', 'message.id', 'share.message')
    .select(['share.id', 'message', 'identity', 'position', 'application', 'content'])
    .where('identity', 'in', refs.length > 0 ? refs.map(mailOf) : [''])
    .orderBy('share.received_at')
    .orderBy('message')
    .orderBy('position')
    .execute();
  return rows
    .map(({ content, ...row }) => {
      return { ...row, ref: shareRef(row.identity, row.position), share: unpackShare(content, notice) };
    })
    .filter(({ ref }) => refs.includes(ref));
}

/** Where each share of a mail was placed for sure, by its position, and the signs it was placed by (assemble.ts). */
export async function placedBefore(
  db: Db,
  message: number,
): Promise<Map<number, { application: number; signs: string }>> {
  const rows = await db
    .selectFrom('share')
    .select(['position', 'application', 'content'])
    .where('message', '=', message)
    .execute();
  return new Map(
    rows.flatMap(({ position, application, content }) =>
      application === null ? [] : [[position, { application, signs: signsOf(content as Share) }] as const],
    ),
  );
}

/** Origins of the shares that an application holds, in order of arrival. */
export async function sharesHeld(db: Db, application: number): Promise<ShareRef[]> {
  const rows = await db
    .selectFrom('share')
    .innerJoin('message', 'message.id', 'share.message')
    .select(['identity', 'position'])
    .where('application', '=', application)
    .orderBy('share.received_at')
    .orderBy('message')
    .orderBy('position')
    .execute();
  return rows.map(({ identity, position }) => shareRef(identity, position));
}

/** Origins of the shares that wait for a person and may belong to one of these applications. */
export async function sharesProposed(db: Db, applications: readonly number[]): Promise<ShareRef[]> {
  if (applications.length === 0) return [];
  const { rows } = await sql<{ identity: string; position: number }>`
    select m.identity, s.position from share s join message m on m.id = s.message
    where s.application is null and s.perhaps && array[${sql.join(applications)}]::integer[]
    order by s.received_at, s.message, s.position`.execute(db);
  return rows.map(({ identity, position }) => shareRef(identity, position));
}

/** What joined no application for sure, with the numbers that it may belong to; a person places it (`place`). */
export type UnplacedShare = { ref: ShareRef; message: number; nominee: string | null; perhaps: string[] };

export async function listUnplaced(db: Db): Promise<UnplacedShare[]> {
  const { rows } = await sql<Omit<UnplacedShare, 'ref'> & { identity: string; position: number }>`
    select m.identity, s.position, s.message, s.content ->> 'nominee' as nominee,
      array(select a.number from application a where a.id = any (s.perhaps) order by a.number) as perhaps
    from share s join message m on m.id = s.message
    where s.application is null order by s.received_at, s.message, s.position`.execute(db);
  return rows.map(({ identity, position, ...row }) => ({ ref: shareRef(identity, position), ...row }));
}

/** Applications that hold a share of this mail, or may. */
export async function holdersOf(db: Db, mail: string): Promise<number[]> {
  const rows = await db
    .selectFrom('share')
    .innerJoin('message', 'message.id', 'share.message')
    .select(['application', 'perhaps'])
    .where('identity', '=', mail)
    .execute();
  return [...new Set(rows.flatMap(({ application, perhaps }) => [...(application ? [application] : []), ...perhaps]))];
}

/** Where the shares of a mail are now, or may belong. */
export async function placesOf(db: Db, message: number): Promise<{ application: number | null; perhaps: number[] }[]> {
  return db
    .selectFrom('share')
    .select(['application', 'perhaps'])
    .where('message', '=', message)
    .orderBy('position')
    .execute();
}

/** What a person merged into another application; null: it stands for itself again. */
export async function setMerged(db: Db, application: number, into: string | null): Promise<void> {
  await sql`update application set merged_into = ${into} where id = ${application}`.execute(db);
}
