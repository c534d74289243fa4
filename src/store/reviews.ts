import type { Db } from './database.ts';
import type { DecisionRecord } from './records.ts';

export async function numberAndDecision(db: Db, application: number): Promise<{ number: string; isDecided: boolean }> {
  const row = await db
    .selectFrom('application')
    .select((select) => [
      'number',
      select
        .selectFrom('decision')
        .select('kind')
        .whereRef('decision.application', '=', 'application.id')
        .where('undone', '=', false)
        .orderBy('decision.id', 'desc')
        .limit(1)
        .as('decided'),
    ])
    .where('id', '=', application)
    .executeTakeFirstOrThrow();
  return { number: row.number, isDecided: row.decided === 'accept' || row.decided === 'decline' };
}

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

/** @param at office time · @param act id of the act that it is; null for one from before acts were kept */
export async function addDecision(
  db: Db,
  application: number,
  { kind, note, by }: Pick<DecisionRecord, 'kind' | 'note' | 'by'>,
  at: Date,
  act: string | null = null,
): Promise<void> {
  await db.insertInto('decision').values({ application, kind, note, by, at, act }).execute();
}
