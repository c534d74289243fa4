import { type Db, storableJson } from './database.ts';

export async function digestMade(db: Db, day: string): Promise<boolean> {
  return (await db.selectFrom('digest').select('day').where('day', '=', day).executeTakeFirst()) !== undefined;
}

export async function saveDigest(db: Db, day: string, content: object, at: Date): Promise<void> {
  const row = { content: storableJson(content), made_at: at };
  await db
    .insertInto('digest')
    .values({ day, ...row })
    .onConflict((on) => on.column('day').doUpdateSet(row))
    .execute();
}

/** Office time of the newest digest before `day`; null for the first. */
export async function digestBefore(db: Db, day: string): Promise<Date | null> {
  const row = await db
    .selectFrom('digest')
    .select('made_at')
    .where('day', '<', day)
    .orderBy('day', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.made_at ?? null;
}
