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
