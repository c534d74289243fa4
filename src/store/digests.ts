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

/** A digest as it was made on its day; null when none was. */
export async function readDigest(db: Db, day: string): Promise<object | null> {
  const row = await db.selectFrom('digest').select('content').where('day', '=', day).executeTakeFirst();
  return row?.content ?? null;
}
