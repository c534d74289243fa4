import type { Notice } from '../notice/notice.ts';
import { step } from '../steps.ts';
import type { Db } from './database.ts';
import type { Journal } from './journal.ts';

/** Gives an application its number, e.g. JZGJ-2018-0007; the same origin always gets the same one. */
export type GiveNumber = (db: Db, origin: string, notice: Pick<Notice, 'numberPrefix' | 'year'>) => Promise<string>;

/**
 * Numbers are given once and for all: they stand in letters. Each goes to the journal before it takes effect, so that
 * neither a killed process nor a rebuilt database gives another one to the same application. Counted from the numbers
 * given, and not by a sequence of the database, which skips one when a process dies and begins anew when it is rebuilt.
 *
 * To be asked by one process at a time, inside the transaction that opens the application.
 */
export function openNumbers(journal: Journal): GiveNumber {
  let given: Map<string, string> | null = null; // read when first asked: by then no other process gives any
  return async (db, origin, { numberPrefix, year }) => {
    given ??= await numbersGiven(db, journal);
    const before = given.get(origin);
    if (before) return before;
    const highest = Math.max(0, ...[...given.values()].map(placeOf));
    const number = `${numberPrefix}-${year}-${String(highest + 1).padStart(4, '0')}`;
    await journal.write({ event: 'numbered', origin, number });
    step('intake: number journalled');
    given.set(origin, number);
    return number;
  };
}

/** By origin: what the journal knows, and what stands in the database in case a journal was lost. */
async function numbersGiven(db: Db, journal: Journal): Promise<Map<string, string>> {
  const rows = await db.selectFrom('application').select(['origin', 'number']).execute();
  const given = new Map(rows.map(({ origin, number }) => [origin, number]));
  for await (const entry of journal.read()) if (entry.event === 'numbered') given.set(entry.origin, entry.number);
  return given;
}

const placeOf = (number: string) => Number(number.slice(number.lastIndexOf('-') + 1));
