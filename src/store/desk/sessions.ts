import type { Db } from '../database.ts';
import type { Role } from './staff.ts';

/** `key`: hash of the cookie, so that a copy of the database lets nobody in. */
export type Session = { key: string; staff: string; csrf: string };

/** @param at machine time: sessions run out whatever the office's clock is set to */
export async function openSession(db: Db, { key, staff, csrf }: Session, at: Date): Promise<void> {
  await db.insertInto('session').values({ key, staff, csrf, seen_at: at }).execute();
}

export async function endSession(db: Db, key: string): Promise<void> {
  await db.deleteFrom('session').where('key', '=', key).execute();
}

/** Those that nobody used since then are over. */
export async function endSessionsBefore(db: Db, at: Date): Promise<void> {
  await db.deleteFrom('session').where('seen_at', '<', at).execute();
}

/** Who is logged in under a key used since `since`; an account that was closed is not. */
export async function findSession(
  db: Db,
  key: string,
  since: Date,
): Promise<{ name: string; role: Role; csrf: string; seenAt: Date } | null> {
  const row = await db
    .selectFrom('session')
    .innerJoin('staff', 'staff.name', 'session.staff')
    .select(['staff.name', 'staff.role', 'session.csrf', 'session.seen_at'])
    .where('session.key', '=', key)
    .where('session.seen_at', '>=', since)
    .where('staff.is_active', '=', true)
    .executeTakeFirst();
  return row ? { name: row.name, role: row.role as Role, csrf: row.csrf, seenAt: row.seen_at } : null;
}

export async function touchSession(db: Db, key: string, at: Date): Promise<void> {
  await db.updateTable('session').set({ seen_at: at }).where('key', '=', key).execute();
}
