import { type Selectable, sql } from 'kysely';
import type { Deed, DeedKind, DoneAct, Found } from '../review/acts.ts';
import { type Db, storable, storableJson } from './database.ts';
import type { Tables } from './schema.ts';

/** An act that is about to take effect. `numbers`: the applications in whose history it stands. */
export type NewAct = Pick<DoneAct, 'id' | 'deed' | 'by' | 'note' | 'at' | 'found'> & { numbers: readonly string[] };

/** Acts in the order in which they were done: on one application, of some kinds in the whole round, or with one id. */
export async function listActs(
  db: Db,
  which: { number: string } | { kinds: readonly DeedKind[] } | { id: string },
): Promise<DoneAct[]> {
  let query = db.selectFrom('act').select(actFields).orderBy('id');
  if ('number' in which) query = query.where('numbers', '@>', sql<string[]>`array[${which.number}]::text[]`);
  if ('kinds' in which) query = query.where('kind', 'in', [...which.kinds]);
  if ('id' in which) query = query.where('name', '=', which.id);
  return (await query.execute()).map(toAct);
}

/** By name: a plan for `*` is not kept (kept-plans.ts), and every mail asks twice. */
const actFields = ['name', 'numbers', 'deed', 'found', 'by', 'note', 'at', 'version', 'undone_by'] as const;
type ActRow = Pick<Selectable<Tables['act']>, (typeof actFields)[number]>;

function toAct({ name, deed, found, by, note, at, version, undone_by }: ActRow): DoneAct {
  return { id: name, deed: deed as Deed, found: found as Found, by, note, at, version, undoneBy: undone_by };
}

/** Acts on an application (`own`), and those on others that are about a file of its mails, in the order of doing. */
export async function listActsAround(
  db: Db,
  number: string,
  mails: readonly string[],
): Promise<{ own: DoneAct[]; elsewhere: DoneAct[] }> {
  const kind: DeedKind = 'reassign_material';
  const rows = await db
    .selectFrom('act')
    .select(actFields)
    .where(
      sql<boolean>`numbers @> array[${number}]::text[]
        or (kind = ${kind} and deed #>> '{file,mail}' = any(${[...mails]}::text[]))`,
    )
    .orderBy('id')
    .execute();
  const isOwn = (row: ActRow) => row.numbers.includes(number);
  return { own: rows.filter(isOwn).map(toAct), elsewhere: rows.filter((row) => !isOwn(row)).map(toAct) };
}

/**
 * `<subject>/<n>`. Counted from the acts that took effect: one that the journal names and that never did gives its id to
 * the next, and a rebuilding takes the last of several (store/journal-entry.ts).
 */
export async function nextActId(db: Db, subject: string): Promise<string> {
  const { rows } = await sql<{ n: number }>`
    select count(*)::integer as n from act where name like ${`${subject.replace(/[%_\\]/g, '\\$&')}/%`}`.execute(db);
  return `${subject}/${(rows[0]?.n ?? 0) + 1}`;
}

export async function addAct(db: Db, { id, deed, by, note, at, found, numbers }: NewAct): Promise<void> {
  await db
    .insertInto('act')
    .values({
      name: id,
      kind: deed.kind,
      numbers: [...new Set(numbers)],
      deed: storableJson(deed),
      found: storableJson(found),
      by: storable(by),
      note: note === null ? null : storable(note),
      at,
      version: null,
      undone_by: null,
    })
    .execute();
}

/** The version that the act made of the application that was looked at. */
export async function setActVersion(db: Db, id: string, version: number): Promise<void> {
  await db.updateTable('act').set({ version }).where('name', '=', id).execute();
}

/** Marks an act as taken back, and with it the decision that it was. */
export async function undoAct(db: Db, id: string, by: string): Promise<void> {
  await db.updateTable('act').set({ undone_by: by }).where('name', '=', id).execute();
  await db.updateTable('decision').set({ undone: true }).where('act', '=', id).execute();
}
