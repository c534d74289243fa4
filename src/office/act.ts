import type { Act, HistoryEntry } from '../review/acts.ts';
import type { Books } from './books.ts';

/** What became of an act. `version`: the application's new one; null where the act concerns none. */
export type ActResult =
  | { done: true; id: string; version: number | null }
  /** The application is no longer what the person looked at; nothing was done. */
  | { refused: 'stale'; version: number; changes: HistoryEntry[] }
  | { refused: 'invalid'; forPerson: string };

/**
 * The one door for what a person does: checks that the application is still what the person saw, journals the act, lets
 * it take effect and checks the application again, in one transaction.
 *
 * @param seen the application's `version` that was looked at; null for acts on no application, and for the command line
 * @throws Failure when database or journal do not take it; nothing has happened then
 */
export async function performAct(_books: Books, _act: Act, _seen: number | null): Promise<ActResult> {
  throw new Error('in the making');
}
