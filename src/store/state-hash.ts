import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db } from './database.ts';

/**
 * What the books say, comparable between two databases: mails with their places and fates, applications with findings,
 * letters, decisions, acts, history, digests, each list in an order of its own. Without the database's own numbers and without machine
 * times.
 *
 * @param times false: also without office times that depend on when the work was done (kept, sent, decided), and without
 *   the words of digests, which tell them
 */
export async function readState(db: Db, { times }: { times: boolean }): Promise<Record<string, unknown[]>> {
  const state: Record<string, unknown[]> = {};
  for (const [name, query] of Object.entries(queries)) {
    if (!times && name === 'history') continue; // which letters were written in between hangs on how fast the work went
    const { rows } = await sql<{ row: Record<string, unknown> }>`${sql.raw(query)}`.execute(db);
    state[name] = rows.map(({ row }) => (times ? row : withoutTimes(row)));
  }
  return state;
}

/** SHA-256 (hex) over readState. */
export async function stateHash(db: Db, given: { times: boolean }): Promise<string> {
  return createHash('sha256')
    .update(JSON.stringify(await readState(db, given)))
    .digest('hex');
}

/** Columns that hold or tell when the work was done. */
const timeColumns = ['kept_at', 'sent_at', 'failed_at', 'at', 'made_at', 'content'];

function withoutTimes(row: Record<string, unknown>): Record<string, unknown> {
  const kept = Object.entries(row).filter(([column]) => !timeColumns.includes(column));
  if (row.kind !== 'digest') return Object.fromEntries(kept);
  return Object.fromEntries(kept.filter(([column]) => !['subject', 'text', 'html', 'due_at'].includes(column)));
}

/** `jsonb` sorts the keys of objects: the same content is the same text. */
const queries: Record<string, string> = {
  messages: `
    select to_jsonb(m) - '{id,generation,attempts,next_try_at}'::text[] || jsonb_build_object(
      'places', (select jsonb_agg(to_jsonb(s) - '{message,seen_at,gone_at}'::text[] || jsonb_build_object('gone', s.gone_at is not null)
        order by account, folder, uid_validity, uid) from sighting s where s.message = m.id),
      'shares', (select jsonb_agg(jsonb_build_object('position', position, 'address', s.address, 'number', a.number, 'perhaps',
          (select jsonb_agg(p.number order by p.number) from application p where p.id = any (s.perhaps)))
        order by position) from share s left join application a on a.id = s.application where s.message = m.id)) as row
    from message m order by m.received_at, m.identity`,
  applications: `
    select to_jsonb(a) - '{id,updated_at}'::text[] || jsonb_build_object('evidence',
      (select jsonb_agg(jsonb_build_array(key, file) order by key) from evidence e where e.application = a.id)) as row
    from application a order by a.number`,
  letters: `
    select to_jsonb(l) - '{id,application,generation,attempts,next_try_at,handed_at,created_at}'::text[]
      || jsonb_build_object('state', case state when 'sending' then 'due' else state end) as row
    from letter l order by l.message_id`,
  decisions: `
    select to_jsonb(d) - '{id,application}'::text[] || jsonb_build_object('number', a.number) as row
    from decision d join application a on a.id = d.application order by a.number, d.id`,
  acts: `
    select to_jsonb(c) - '{id}'::text[] as row from act c order by c.id`,
  history: `
    select to_jsonb(h) - '{id,application}'::text[] || jsonb_build_object('number', a.number) as row
    from happening h join application a on a.id = h.application order by a.number, h.id`,
  audit: `select to_jsonb(u) - '{id}'::text[] as row from audit u order by u.id`,
  digests: 'select to_jsonb(d) as row from digest d order by day',
  office: `
    select jsonb_build_object('name', name, 'at', value) as row from office_state
    where name = 'letters_stopped' or name = 'opened_at' or name like 'first_met:%' order by name`,
};
