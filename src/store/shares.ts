import { sql } from 'kysely';
import type { Share } from '../application/application.ts';
import { signsOf } from '../application/assemble.ts';
import type { Notice } from '../notice/notice.ts';
import type { ShareRef } from '../review/acts.ts';
import { mailOf, shareRef } from '../review/placing.ts';
import { type Db, storable } from './database.ts';
import { packShare, unpackShare } from './share-content.ts';

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

export type Placed = { message: number; position: number; application: number | null; perhaps: number[] };

export async function addShare(db: Db, share: Share, placed: Placed): Promise<void> {
  const { address, receivedAt } = share.source;
  await db
    .insertInto('share')
    .values({ ...placed, address: storable(address), received_at: receivedAt, content: packShare(share) })
    .execute();
}

/** Where the shares of a mail were placed for sure, by their positions, and the signs they were placed by (assemble.ts). */
export type PlacedBefore = Map<number, { application: number; signs: string }>;

/** Takes out what a mail brought before it is taken in again. @returns where that was, and the applications that it touched */
export async function removeShares(db: Db, message: number): Promise<{ before: PlacedBefore; left: number[] }> {
  const rows = await db
    .deleteFrom('share')
    .where('message', '=', message)
    .returning(['position', 'application', 'perhaps', 'content'])
    .execute();
  const placed = rows.flatMap(({ position, application, content }) =>
    application === null ? [] : [[position, { application, signs: signsOf(content as Share) }] as const],
  );
  return { before: new Map(placed), left: touchedBy(rows) };
}

/** Takes shares out of wherever they are, or may be. @returns the applications that it touched */
export async function takeOut(db: Db, ids: readonly number[]): Promise<number[]> {
  const rows = await db
    .deleteFrom('share')
    .where('id', 'in', ids.length > 0 ? [...ids] : [0])
    .returning(['application', 'perhaps'])
    .execute();
  return touchedBy(rows);
}

const touchedBy = (rows: readonly { application: number | null; perhaps: number[] }[]) => [
  ...new Set(rows.flatMap(({ application, perhaps }) => [...(application ? [application] : []), ...perhaps])),
];
