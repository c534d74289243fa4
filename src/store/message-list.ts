import { sql } from 'kysely';
import type { Db } from './database.ts';
import type { Fate, MessageRecord } from './records.ts';

/** The ledger, oldest first; `only` narrows it to some ids. */
export async function listMessages(db: Db, only?: readonly number[]): Promise<MessageRecord[]> {
  const { rows } = await sql<MessageRow>`
    select m.id, first.folder, first.uid, m.received_at, m.received_from, m.kept_at, m.sha256, m.bytes, m.message_id, m.from_address,
      m.from_name, m.subject, m.fate, m.reason_code, m.reason, m.needs_person, places.sightings::integer, coalesce(apps.numbers, '{}') as numbers
    from message m
    join lateral (select folder, uid from sighting s where s.message = m.id order by seen_at, uid limit 1) first on true
    join lateral (select count(*) as sightings from sighting s where s.message = m.id) places on true
    left join lateral (
      select array_agg(distinct a.number order by a.number) as numbers
      from share s join application a on a.id = s.application where s.message = m.id) apps on true
    ${only ? sql`where m.id in (${sql.join(only.length > 0 ? only : [0])})` : sql``}
    order by m.received_at, m.id`.execute(db);
  return rows.map((row) => ({
    id: row.id,
    folder: row.folder,
    uid: row.uid,
    receivedAt: row.received_at,
    receivedFrom: row.received_from,
    keptAt: row.kept_at,
    sha256: row.sha256,
    bytes: row.bytes,
    messageId: row.message_id,
    from: row.from_address,
    fromName: row.from_name,
    subject: row.subject,
    fate: row.fate,
    reasonCode: row.reason_code,
    reason: row.reason,
    needsPerson: row.needs_person,
    sightings: row.sightings,
    applications: row.numbers,
  }));
}

/** Ids of the mails that an application was made of, or that may belong to it. */
export async function messagesOf(db: Db, application: number): Promise<number[]> {
  const rows = await db
    .selectFrom('share')
    .select('message')
    .distinct()
    .where((where) =>
      where.or([
        where('application', '=', application),
        where('perhaps', '@>', sql<number[]>`array[${application}]::integer[]`),
      ]),
    )
    .execute();
  return rows.map(({ message }) => message);
}

type MessageRow = {
  id: number;
  folder: string;
  uid: number;
  received_at: Date;
  received_from: string;
  kept_at: Date;
  sha256: string | null;
  bytes: number;
  message_id: string | null;
  from_address: string;
  from_name: string;
  subject: string;
  fate: Fate;
  reason_code: string | null;
  reason: string | null;
  needs_person: boolean;
  sightings: number;
  numbers: string[];
};

/** Mails whose share belongs to no application for sure, with those it may belong to. */
export async function listProposals(
  db: Db,
): Promise<{ message: number; from: string; subject: string; perhaps: string[] }[]> {
  const { rows } = await sql<{ message: number; from: string; subject: string; perhaps: string[] }>`
    select m.id as message, m.from_address as "from", m.subject, array_agg(distinct a.number) as perhaps
    from share s join message m on m.id = s.message join application a on a.id = any (s.perhaps)
    where s.application is null group by m.id order by m.id`.execute(db);
  return rows;
}
