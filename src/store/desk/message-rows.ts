import { type RawBuilder, sql } from 'kysely';
import type { Db } from '../database.ts';
import { listMessages } from '../message-list.ts';
import type { Fate, MessageRecord, Understood, UnderstoodFile } from '../records.ts';

export const messageFilters = ['person', 'recorded', 'set_aside', 'failed', 'pending', 'before_round'] as const;
export type MessageFilter = (typeof messageFilters)[number];

/** `text`: part of a subject, an address or a sender's name. */
export type WantedMessages = { filter: MessageFilter | null; text: string; from: number; most: number };

/** One page of the ledger, newest first, and how many lines it would have in all. */
export async function pageOfMessages(
  db: Db,
  { filter, text, from, most }: WantedMessages,
): Promise<{ rows: MessageRecord[]; total: number }> {
  const like = `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;
  const found = sql`from message m where ${filterOf(filter)}
    and ${text ? sql`(m.subject ilike ${like} or m.from_address ilike ${like} or m.from_name ilike ${like})` : sql`true`}`;
  const { rows } = await sql<{ id: number; total: number }>`
    select m.id, (count(*) over ())::integer as total ${found}
    order by m.received_at desc, m.id desc limit ${most} offset ${from}`.execute(db);
  const order = rows.map(({ id }) => id);
  const listed = await listMessages(db, order);
  return { rows: listed.sort((a, b) => order.indexOf(a.id) - order.indexOf(b.id)), total: rows[0]?.total ?? 0 };
}

const filterOf = (filter: MessageFilter | null): RawBuilder<unknown> =>
  filter === null ? sql`true` : filter === 'person' ? sql`m.needs_person` : sql`m.fate = ${filter}`;

export async function countMessages(db: Db): Promise<Record<MessageFilter, number>> {
  const { rows } = await sql<{ fate: Fate; n: number; person: number }>`
    select fate, count(*)::integer as n, (count(*) filter (where needs_person))::integer as person
    from message group by fate`.execute(db);
  const counts = { person: 0, recorded: 0, set_aside: 0, failed: 0, pending: 0, before_round: 0 };
  for (const { fate, n, person } of rows) {
    counts[fate] = n;
    counts.person += person;
  }
  return counts;
}

/** Mails and letters that gave up. */
export async function countFailed(db: Db): Promise<number> {
  const { rows } = await sql<{ n: number }>`select
    ((select count(*) from message where fate = 'failed') + (select count(*) from letter where state = 'failed'))::integer
    as n`.execute(db);
  return rows[0]?.n ?? 0;
}

/** Mails first kept since then (office time). */
export async function countKeptSince(db: Db, at: Date): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*)::integer as n from message where kept_at >= ${at}`.execute(
    db,
  );
  return rows[0]?.n ?? 0;
}

/** What a mail was understood to hold; null while it waits, or for one counted by its header. */
export async function understoodOf(
  db: Db,
  id: number,
): Promise<{ identity: string; ruled: string | null; understood: Understood | null } | null> {
  const row = await db
    .selectFrom('message')
    .select(['identity', 'ruled', 'understood'])
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? { ...row, understood: row.understood as Understood | null } : null;
}

/** The files of some mails as they were taken, by the mail's row. */
export async function filesTaken(db: Db, ids: readonly number[]): Promise<Map<number, UnderstoodFile[]>> {
  const rows = await db
    .selectFrom('message')
    .select(['id', 'understood'])
    .where('id', 'in', ids.length > 0 ? [...ids] : [0])
    .execute();
  return new Map(rows.map(({ id, understood }) => [id, (understood as Understood | null)?.files ?? []]));
}

/** Every place where a mail was met. */
export async function sightingsOf(db: Db, id: number): Promise<{ account: string; folder: string; uid: number }[]> {
  return db.selectFrom('sighting').select(['account', 'folder', 'uid']).where('message', '=', id).execute();
}
