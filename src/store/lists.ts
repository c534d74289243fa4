import { sql } from 'kysely';
import type { DismissedFinding, Finding } from '../application/application.ts';
import type { LinkedFile } from '../message/mail.ts';
import type { Timeliness } from '../notice/timeliness.ts';
import type { Db } from './database.ts';
import type {
  ApplicationRecord,
  ApplicationStatus,
  DecisionRecord,
  FailedJob,
  Fate,
  LetterRecord,
  LetterState,
  MessageRecord,
} from './records.ts';

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

/** Applications by number. */
export async function listApplications(db: Db, number?: string): Promise<ApplicationRecord[]> {
  const { rows } = await sql<ApplicationRow>`
    select a.id, a.number, a.union_name, a.union_known, a.union_quota, a.nominee, a.timeliness, a.complete, a.requirements,
      a.findings, a.first_received_at, a.last_received_at, a.dismissed, a.version, a.merged_into, a.is_gone,
      decided.kind as decided, links.links
    from application a
    left join lateral (select kind from decision d where d.application = a.id and not d.undone
      order by d.id desc limit 1) decided on true
    left join lateral (
      select coalesce(json_agg(open -> 'link'), '[]'::json) as links
      from share s, json_array_elements(s.content -> 'open') open
      where s.application = a.id and open ->> 'why' = 'behind_link') links on a.requirements::text like '%behind_link%'
    ${number ? sql`where a.number = ${number}` : sql``}
    order by a.id`.execute(db);
  return rows.map(toRecord);
}

type ApplicationRow = {
  id: number;
  number: string;
  union_name: string | null;
  union_known: boolean;
  union_quota: number;
  nominee: string | null;
  timeliness: Timeliness;
  complete: boolean;
  requirements: ApplicationRecord['requirements'];
  findings: Finding[];
  first_received_at: Date;
  last_received_at: Date;
  dismissed: DismissedFinding[];
  version: number;
  merged_into: string | null;
  is_gone: boolean;
  decided: DecisionRecord['kind'] | null;
  links: LinkedFile[] | null;
};

function toRecord(row: ApplicationRow): ApplicationRecord {
  const isOpen = Object.values(row.requirements).some(({ state }) => state === 'behind_link');
  return {
    id: row.id,
    number: row.number,
    status: statusOf(row),
    union: row.union_name,
    unionKnown: row.union_known,
    unionQuota: row.union_quota,
    nominee: row.nominee,
    timeliness: row.timeliness,
    firstReceivedAt: row.first_received_at,
    lastReceivedAt: row.last_received_at,
    requirements: row.requirements,
    complete: row.complete,
    findings: row.findings,
    dismissed: row.dismissed,
    version: row.version,
    mergedInto: row.merged_into,
    isGone: row.is_gone,
    links: isOpen ? (row.links ?? []) : [],
  };
}

function statusOf({ decided, complete }: ApplicationRow): ApplicationStatus {
  if (decided === 'accept') return 'accepted';
  if (decided === 'return') return 'returned';
  if (decided === 'decline') return 'declined';
  return complete ? 'complete' : 'incomplete';
}

/** The outbox and what left it, oldest first. */
export async function listLetters(
  db: Db,
  only?: { number: string } | { ids: readonly number[] },
): Promise<LetterRecord[]> {
  let query = db.selectFrom('letter').selectAll().orderBy('id');
  if (only && 'number' in only) query = query.where('number', '=', only.number);
  if (only && 'ids' in only) query = query.where('id', 'in', only.ids.length > 0 ? [...only.ids] : [0]);
  const rows = await query.execute();
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind as LetterRecord['kind'],
    to: row.to_address,
    number: row.number,
    subject: row.subject,
    text: row.text,
    html: row.html,
    state: row.state as LetterState,
    reason: row.reason,
    messageId: row.message_id,
    inReplyTo: row.in_reply_to,
    references: row.refs,
    dueAt: row.due_at,
    sentAt: row.sent_at,
    attempts: row.attempts,
  }));
}

/** Work that a person has to look at: what cannot be taken in, what cannot be sent. */
export async function listFailed(db: Db): Promise<FailedJob[]> {
  const mails = await db.selectFrom('message').selectAll().where('fate', '=', 'failed').orderBy('id').execute();
  const letters = await db.selectFrom('letter').selectAll().where('state', '=', 'failed').orderBy('id').execute();
  return [
    ...mails.map((row) => job('intake', row.id, row.generation, row.stage ?? '读取', row)),
    ...letters.map((row) => job('deliver', row.id, row.generation, '发送', row)),
  ];
}

function job(
  kind: FailedJob['kind'],
  row: number,
  generation: number,
  stage: string,
  { attempts, reason, failed_at }: { attempts: number; reason: string | null; failed_at: Date | null },
): FailedJob {
  const failedAt = failed_at ?? new Date(0);
  return { id: `${kind}-${row}-${generation}`, kind, row, stage, attempts, reason: reason ?? '', failedAt };
}

/** `act`: the id of the act that a decision is; null for those from before acts were kept. */
export async function listDecisions(db: Db, application: number): Promise<(DecisionRecord & { act: string | null })[]> {
  const rows = await db
    .selectFrom('decision')
    .selectAll()
    .where('application', '=', application)
    .orderBy('id')
    .execute();
  return rows.map(({ kind, note, by, at, undone, act }) => {
    return { kind: kind as DecisionRecord['kind'], note, by, at, undone, act };
  });
}

/** What people decided and did not take back, by the application's number, oldest first. */
export async function mapDecisions(db: Db): Promise<Record<string, DecisionRecord[]>> {
  const rows = await db
    .selectFrom('decision')
    .innerJoin('application', 'application.id', 'decision.application')
    .select(['number', 'kind', 'note', 'by', 'at'])
    .where('undone', '=', false)
    .orderBy('decision.id')
    .execute();
  const decisions: Record<string, DecisionRecord[]> = {};
  for (const { number, kind, ...rest } of rows)
    decisions[number] = [...(decisions[number] ?? []), { kind: kind as DecisionRecord['kind'], ...rest }];
  return decisions;
}

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

/** How many places each watched folder shows us, and the fates of what lies there: a mail in two folders counts twice. */
export async function countLedger(
  db: Db,
  account: string | null = null,
): Promise<{ byFate: Record<Fate, number>; places: { account: string; folder: string; ledger: number }[] }> {
  const { rows } = await sql<{ account: string; folder: string; fate: Fate; n: number }>`
    select s.account, s.folder, m.fate, count(*)::integer as n from sighting s
    join cursor c on c.account = s.account and c.folder = s.folder and c.uid_validity = s.uid_validity
    join message m on m.id = s.message
    where s.gone_at is null and (${account}::text is null or s.account = ${account}) group by s.account, s.folder, m.fate order by s.folder`.execute(
    db,
  );
  const byFate: Record<Fate, number> = { pending: 0, recorded: 0, set_aside: 0, failed: 0, before_round: 0 };
  const places = new Map<string, { account: string; folder: string; ledger: number }>();
  for (const { account, folder, fate, n } of rows) {
    byFate[fate] += n;
    const key = JSON.stringify([account, folder]);
    places.set(key, { account, folder, ledger: (places.get(key)?.ledger ?? 0) + n });
  }
  return { byFate, places: [...places.values()] };
}
