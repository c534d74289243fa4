import { type RawBuilder, sql } from 'kysely';
import type { RequirementStatus } from '../../application/application.ts';
import type { Timeliness } from '../../notice/timeliness.ts';
import type { Db } from '../database.ts';
import type { ApplicationStatus } from '../records.ts';

/** A line of the console's table. */
export type ApplicationRow = {
  number: string;
  union: string | null;
  unionKnown: boolean;
  nominee: string | null;
  timeliness: Timeliness;
  status: ApplicationStatus;
  requirements: Record<string, RequirementStatus>;
  blocking: number;
  findings: number;
  lastReceivedAt: Date;
};

/** Whose move it is: reports/standing.ts says the same of one application. */
export const moves = ['review', 'look', 'union', 'late', 'decided'] as const;
export type MoveName = (typeof moves)[number];

export const orders = ['last', 'number', 'union', 'nominee', 'findings'] as const;
export type Order = (typeof orders)[number];

/** What the table is asked for. `isComplete`: those alone, decided or not; `text`: part of a name, a union or a number. */
export type Wanted = {
  move: MoveName | null;
  isComplete: boolean;
  text: string;
  order: Order;
  isDown: boolean;
  from: number;
  most: number;
};

const decided = sql`(select d.kind from decision d where d.application = a.id and not d.undone order by d.id desc limit 1)`;
const hasState = (states: string[]) =>
  sql`exists (select from json_each(a.requirements) r where r.value ->> 'state' in (${sql.join(states)}))`;
const hasBlocking = sql`exists (select from json_array_elements(a.findings) f where f ->> 'severity' = 'blocking')`;

const move = sql<MoveName>`case
  when a.decided in ('accept', 'return', 'decline') then 'decided'
  when a.timeliness <> 'on_time' then 'late'
  when a.complete then 'review'
  when ${hasState(['missing', 'blank_form', 'needs_fix'])} or ${hasBlocking} then 'union'
  else 'look' end`;

const orderBy: Record<Order, RawBuilder<unknown>> = {
  last: sql`a.last_received_at`,
  number: sql`a.number`,
  union: sql`a.union_name`,
  nominee: sql`a.nominee`,
  findings: sql`json_array_length(a.findings)`,
};

const like = (text: string) => `%${text.replace(/[\\%_]/g, (mark) => `\\${mark}`)}%`;

const foundBy = ({
  move: only,
  isComplete,
  text,
}: Wanted) => sql`from (select *, ${decided.as('decided')} from application a) a
    where (not a.is_gone or ${text !== ''}) and ${only ? sql`${move} = ${only}` : sql`true`}
      and ${isComplete ? sql`a.complete` : sql`true`} and ${
        text
          ? sql`(a.number ilike ${like(text)} or a.union_name ilike ${like(text)} or a.nominee ilike ${like(text)})`
          : sql`true`
      }`;

const orderOf = ({ order, isDown }: Wanted) => {
  const direction = isDown ? sql`desc` : sql`asc`;
  return sql`${orderBy[order]} ${direction} nulls last, a.id ${direction}`;
};
const placeIn = (wanted: Wanted) => sql`row_number() over (order by ${orderOf(wanted)})`;

/** One page of the table, and how many lines it would have in all. */
export async function pageOfApplications(db: Db, wanted: Wanted): Promise<{ rows: ApplicationRow[]; total: number }> {
  const { rows } = await sql<Row>`
    with page as materialized (
      select a.id, ${placeIn(wanted)} as place, (count(*) over ())::integer as total ${foundBy(wanted)}
      order by 2 limit ${wanted.most} offset ${wanted.from})
    select a.number, a.union_name, a.union_known, a.nominee, a.timeliness, a.complete, ${decided.as('decided')}, a.requirements,
      a.findings, a.last_received_at, page.total from page join application a using (id) order by place`.execute(db);
  return { rows: rows.map(toRow), total: rows[0]?.total ?? (wanted.from > 0 ? await totalOf(db, wanted) : 0) };
}

/** Of a page beyond the last. */
async function totalOf(db: Db, wanted: Wanted): Promise<number> {
  const { rows } = await sql<{ total: number }>`select count(*)::integer as total ${foundBy(wanted)}`.execute(db);
  return rows[0]?.total ?? 0;
}

/** How many wait for whom. */
export async function countMoves(db: Db): Promise<Record<MoveName, number>> {
  const { rows } = await sql<{ move: MoveName; n: number }>`
    select ${move} as move, count(*)::integer as n
    from (select *, ${decided.as('decided')} from application a where not is_gone) a group by 1`.execute(db);
  const counts: Record<MoveName, number> = { review: 0, look: 0, union: 0, late: 0, decided: 0 };
  for (const { move: of, n } of rows) counts[of] = n;
  return counts;
}

/** The numbers before and after one in the table as it is asked for: a morning's round goes from one to the next. */
export async function neighboursInTable(
  db: Db,
  number: string,
  wanted: Wanted,
): Promise<{ before: string | null; after: string | null }> {
  const { rows } = await sql<{ number: string; before: string | null; after: string | null }>`
    with listed as (select a.number, ${placeIn(wanted)} as place ${foundBy(wanted)}),
      here as (select place from listed where number = ${number})
    select
      (select number from listed where place < (select place from here) order by place desc limit 1) as before,
      (select number from listed where place > coalesce((select place from here), 0) order by place limit 1) as after`.execute(
    db,
  );
  return { before: rows[0]?.before ?? null, after: rows[0]?.after ?? null };
}

type Row = {
  number: string;
  union_name: string | null;
  union_known: boolean;
  nominee: string | null;
  timeliness: Timeliness;
  complete: boolean;
  decided: string | null;
  requirements: Record<string, RequirementStatus>;
  findings: { severity: string }[];
  last_received_at: Date;
  total: number;
};

const statuses: Record<string, ApplicationStatus> = { accept: 'accepted', return: 'returned', decline: 'declined' };

const toRow = (row: Row): ApplicationRow => ({
  number: row.number,
  union: row.union_name,
  unionKnown: row.union_known,
  nominee: row.nominee,
  timeliness: row.timeliness,
  status: statuses[row.decided ?? ''] ?? (row.complete ? 'complete' : 'incomplete'),
  requirements: row.requirements,
  blocking: row.findings.filter(({ severity }) => severity === 'blocking').length,
  findings: row.findings.length,
  lastReceivedAt: row.last_received_at,
});
