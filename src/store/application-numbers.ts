import type { Db } from './database.ts';

export async function numbersOf(db: Db, applications: readonly number[]): Promise<string[]> {
  if (applications.length === 0) return [];
  const rows = await db
    .selectFrom('application')
    .select('number')
    .where('id', 'in', [...applications])
    .orderBy('id')
    .execute();
  return rows.map(({ number }) => number);
}

export async function applicationOfNumber(db: Db, number: string): Promise<number | null> {
  const row = await db.selectFrom('application').select('id').where('number', '=', number).executeTakeFirst();
  return row?.id ?? null;
}

/** An application as people call it. */
export type Named = { number: string; nominee: string | null; union: string | null };

/** Whose applications these are, in no order; a number that nobody has is left out. */
export const namedOf = (db: Db, numbers: readonly string[]): Promise<Named[]> =>
  db
    .selectFrom('application')
    .select(['number', 'nominee', 'union_name as union'])
    .where('number', 'in', numbers.length > 0 ? [...numbers] : [''])
    .execute();
