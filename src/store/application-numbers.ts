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

/** Applications with their numbers, in the order given. */
export async function numberedOf(db: Db, ids: readonly number[]): Promise<{ id: number; number: string }[]> {
  if (ids.length === 0) return [];
  const rows = await db
    .selectFrom('application')
    .select(['id', 'number'])
    .where('id', 'in', [...ids])
    .execute();
  return ids.flatMap((id) => rows.find((row) => row.id === id) ?? []);
}

export async function applicationOfNumber(db: Db, number: string): Promise<number | null> {
  const row = await db.selectFrom('application').select('id').where('number', '=', number).executeTakeFirst();
  return row?.id ?? null;
}
