import { sql } from 'kysely';
import { machineNow } from '../clock.ts';
import type { Db } from './database.ts';
import type { AlarmRecord } from './records.ts';

/** Small facts that outlive the process, by name. */
export async function recall(db: Db, name: string): Promise<string | null> {
  const row = await db.selectFrom('office_state').select('value').where('name', '=', name).executeTakeFirst();
  return row?.value ?? null;
}

/** The same two for whoever is not to know of the database. */
export const memoryIn = (db: Db) => ({
  recall: (name: string) => recall(db, name),
  remember: (name: string, value: string) => remember(db, name, value),
});

/** Several at once, with when they were written (machine time); what is not known is absent. */
export async function recallAll(db: Db, names: string[]): Promise<Map<string, { value: string; at: Date }>> {
  const rows = await db.selectFrom('office_state').select(['name', 'value', 'at']).where('name', 'in', names).execute();
  return new Map(rows.map(({ name, ...told }) => [name, told]));
}

/** When a fact was last written, machine time. */
export async function rememberedAt(db: Db, name: string): Promise<Date | null> {
  const row = await db.selectFrom('office_state').select('at').where('name', '=', name).executeTakeFirst();
  return row?.at ?? null;
}

export async function remember(db: Db, name: string, value: string): Promise<void> {
  const row = { name, value, at: machineNow() };
  await db
    .insertInto('office_state')
    .values(row)
    .onConflict((on) => on.column('name').doUpdateSet(row))
    .execute();
}

export async function forget(db: Db, name: string): Promise<void> {
  await db.deleteFrom('office_state').where('name', '=', name).execute();
}

/** Tells staff once that something is wrong; the text may change while it lasts. @returns whether it is news */
export async function raiseAlarm(db: Db, kind: string, text: string): Promise<boolean> {
  const row = await db
    .insertInto('alarm')
    .values({ kind, text, raised_at: machineNow() })
    .onConflict((on) => on.column('kind').where('cleared_at', 'is', null).doUpdateSet({ text }))
    .returning(sql<boolean>`xmax = 0`.as('is_new')) // 0: no row of before was changed
    .executeTakeFirstOrThrow();
  return row.is_new;
}

/** A trouble that could be told only when it was over. */
export async function noteOutage(db: Db, kind: string, text: string, since: Date, until: Date): Promise<void> {
  await db.insertInto('alarm').values({ kind, text, raised_at: since, cleared_at: until }).execute();
}

/** @returns whether there was one */
export async function clearAlarm(db: Db, kind: string): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('alarm')
    .set({ cleared_at: machineNow() })
    .where('kind', '=', kind)
    .where('cleared_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** What is wrong now, and what was put right since. */
export async function alarmsSince(db: Db, since: Date): Promise<AlarmRecord[]> {
  const rows = await db
    .selectFrom('alarm')
    .selectAll()
    .where((where) => where.or([where('cleared_at', 'is', null), where('cleared_at', '>=', since)]))
    .orderBy('raised_at')
    .execute();
  return rows.map(({ kind, text, raised_at, cleared_at }) => ({
    kind,
    text,
    raisedAt: raised_at,
    clearedAt: cleared_at,
  }));
}
