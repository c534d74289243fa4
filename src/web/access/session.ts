import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { machineNow } from '../../clock.ts';
import type { Db } from '../../store/database.ts';
import { endSession, endSessionsBefore, findSession, openSession, touchSession } from '../../store/desk/sessions.ts';
import type { Visitor } from '../route.ts';

export const cookieName = 'shouli';
/** A working day and its overtime: who went home is logged out the next morning. */
const idleMs = 12 * 3_600_000;
/** Noted no oftener, so that a page costs no write. */
const touchMs = 5 * 60_000;

const secret = () => randomBytes(32).toString('base64url');
const keyOf = (cookie: string) => createHash('sha256').update(cookie).digest('base64url');

/** @returns the cookie's value */
export async function logIn(db: Db, staff: string): Promise<string> {
  const now = machineNow();
  await endSessionsBefore(db, new Date(now.getTime() - idleMs));
  const cookie = secret();
  await openSession(db, { key: keyOf(cookie), staff, csrf: secret() }, now);
  return cookie;
}

export const logOut = (db: Db, cookie: string) => endSession(db, keyOf(cookie));

export async function visitorOf(db: Db, cookie: string | undefined): Promise<Visitor | null> {
  if (!cookie) return null;
  const now = machineNow();
  const found = await findSession(db, keyOf(cookie), new Date(now.getTime() - idleMs));
  if (!found) return null;
  if (now.getTime() - found.seenAt.getTime() > touchMs) await touchSession(db, keyOf(cookie), now);
  return { name: found.name, role: found.role, csrf: found.csrf };
}

/** Whether a form came from a page that we gave to this visitor. */
export function isOwnForm({ csrf }: Visitor, given: string | undefined): boolean {
  const [known, sent] = [Buffer.from(csrf), Buffer.from(given ?? '')];
  return known.length === sent.length && timingSafeEqual(known, sent);
}
