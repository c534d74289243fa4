import { sql } from 'kysely';
import type { Notice } from '../notice/notice.ts';
import type { Db } from './database.ts';
import type { Journal } from './journal.ts';

/** Gives an application its number, e.g. JZGJ-2018-0007; the same origin always gets the same one. */
export type GiveNumber = (db: Db, origin: string, notice: Pick<Notice, 'numberPrefix' | 'year'>) => Promise<string>;

/**
 * Numbers are given once and for all: they stand in letters. Each goes to the journal before it takes effect, so that
 * neither a killed process nor a rebuilt database gives another one to the same application.
 *
 * @param given numbers that the journal knows, by origin
 */
export function openNumbers(journal: Journal, given: Map<string, string>): GiveNumber {
  return async (db, origin, { numberPrefix, year }) => {
    const before = given.get(origin);
    if (before) return before;
    const { rows } = await sql<{ next: number }>`select nextval('application_number') as next`.execute(db);
    const number = `${numberPrefix}-${year}-${String(rows[0]?.next ?? 0).padStart(4, '0')}`;
    await journal.write({ event: 'numbered', origin, number });
    given.set(origin, number);
    return number;
  };
}

export async function numbersGiven(journal: Journal): Promise<Map<string, string>> {
  const given = new Map<string, string>();
  for await (const entry of journal.read()) if (entry.event === 'numbered') given.set(entry.origin, entry.number);
  return given;
}
