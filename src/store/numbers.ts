import type { Notice } from '../notice/notice.ts';
import { step } from '../steps.ts';
import type { Db } from './database.ts';
import type { Journal } from './journal.ts';

export type Numbers = {
  /** Gives an application its number, e.g. JZGJ-2018-0007; the same origin always gets the same one. */
  give: (db: Db, origin: string, notice: Pick<Notice, 'numberPrefix' | 'year'>) => Promise<string>;
  /** Whether this origin was ever given one; else no application was opened for it. */
  hasGiven: (db: Db, origin: string) => Promise<boolean>;
};

/**
 * Numbers are given once and for all: they stand in letters. Each goes to the journal before it takes effect, so that
 * neither a killed process nor a rebuilt database gives another one to the same application. Counted from the numbers
 * given, and not by a sequence of the database, which skips one when a process dies and begins anew when it is rebuilt.
 *
 * To be asked by one process at a time, inside the transaction that opens the application.
 */
export function openNumbers(journal: Journal): Numbers {
  let given: Map<string, string> | null = null;
  let highest = 0;
  const numbersGiven = async (db: Db) => {
    if (given) return given;
    given = await readNumbers(db, journal); // when first asked: by then no other process gives any
    for (const number of given.values()) highest = Math.max(highest, placeOf(number));
    return given;
  };
  return {
    async give(db, origin, { numberPrefix, year }) {
      const numbers = await numbersGiven(db);
      const before = numbers.get(origin);
      if (before) return before;
      const number = `${numberPrefix}-${year}-${String(highest + 1).padStart(4, '0')}`;
      await journal.write({ event: 'numbered', origin, number });
      step('intake: number journalled');
      numbers.set(origin, number);
      highest += 1;
      return number;
    },
    hasGiven: async (db, origin) => (await numbersGiven(db)).has(origin),
  };
}

/** By origin: what the journal knows, and what stands in the database in case a journal was lost. */
async function readNumbers(db: Db, journal: Journal): Promise<Map<string, string>> {
  const rows = await db.selectFrom('application').select(['origin', 'number']).execute();
  const given = new Map(rows.map(({ origin, number }) => [origin, number]));
  for await (const entry of journal.read()) if (entry.event === 'numbered') given.set(entry.origin, entry.number);
  return given;
}

const placeOf = (number: string) => Number(number.slice(number.lastIndexOf('-') + 1));
