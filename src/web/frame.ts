import { countLetters } from '../store/desk/letter-rows.ts';
import { countFailed } from '../store/desk/message-rows.ts';
import { isStopped } from '../store/stop.ts';
import type { Desk } from './desk.ts';
import type { Frame } from './page.ts';
import type { Visitor } from './route.ts';

/** What stands around every page: whose office, whether letters are stopped, what waits. */
export async function frameFor({ books: { db, notice, rehearsal } }: Desk, visitor: Visitor | null): Promise<Frame> {
  const office = `${notice.office.name} · ${notice.honour}`;
  if (!visitor) return { visitor, office, rehearsal, badges: {}, lettersStopped: false };
  const [letters, failed, lettersStopped] = await Promise.all([countLetters(db), countFailed(db), isStopped(db)]);
  return { visitor, office, rehearsal, lettersStopped, badges: { '/letters': letters.held, '/jobs': failed } };
}
