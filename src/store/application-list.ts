import { sql } from 'kysely';
import type { DismissedFinding, Finding } from '../application/application.ts';
import type { LinkedFile } from '../message/mail.ts';
import type { Timeliness } from '../notice/timeliness.ts';
import type { Db } from './database.ts';
import type { ApplicationRecord, ApplicationStatus, DecisionRecord } from './records.ts';

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
