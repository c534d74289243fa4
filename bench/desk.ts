/**
 * The review desk in a large round: `node --import tsx bench/desk.ts [applications] [mails]`, 5,000 and 20,000 when not
 * said. A real PostgreSQL; mails and applications of the personas, multiplied in the tables. Every kind of page is
 * fetched 60 times over HTTP with a login: milliseconds until its last byte. Then one application with the preview of
 * its form: cold (nothing kept, no child process yet), and when it was looked at before.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { openTestDesk, type TestDesk } from '../test/support/console.ts';

const applications = Number(process.argv[2] ?? 5_000);
const mails = Number(process.argv[3] ?? 20_000);
const rounds = 60;

const desk = await openTestDesk([
  ['10 09:00', 'complete-in-one-mail'],
  ['10 09:10', 'correction-completes', 1],
  ['10 09:20', 'two-items-missing'],
  ['10 09:30', 'wrong-check-digits'],
  ['10 09:40', 'form-as-doc'],
  ['10 09:50', 'another-departments-letter'],
]);
try {
  await preview(desk);
  await multiply(desk);
  const clerk = await desk.as('admin');
  const any = (most: number, turn: number) => 1 + ((turn * 7919) % most);
  const pages: [name: string, path: (turn: number) => string][] = [
    ['今日', () => '/'],
    ['申报件, first page', () => '/applications'],
    ['申报件, any page', (turn) => `/applications?page=${any(applications / 50, turn)}`],
    ['申报件, 待补正 by findings', () => '/applications?move=union&order=findings&down=1'],
    ['申报件, search', (turn) => `/applications?q=${encodeURIComponent(`C-${any(applications, turn)}`)}`],
    ['one application', (turn) => `/applications/C-${any(applications - 10, turn)}`],
    ['邮件, any page', (turn) => `/messages?page=${any(mails / 50, turn)}`],
    ['邮件, search', (turn) => `/messages?q=${encodeURIComponent(`材料${any(99, turn)}`)}`],
    ['one mail', (turn) => `/messages/${any(5, turn)}`],
    ['待发', () => '/letters?state=sent'],
    ['任务', () => '/jobs'],
    ['设置', () => '/settings'],
  ];
  console.log(`${applications} applications, ${mails} mails; milliseconds of ${rounds} fetches each`);
  for (const [name, path] of pages) {
    const taken: number[] = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      const began = performance.now();
      const { status } = await clerk.get(path(turn));
      if (status !== 200) throw new Error(`${path(turn)}: ${status}`);
      taken.push(performance.now() - began);
    }
    const sorted = taken.toSorted((a, b) => a - b);
    const at = (share: number) => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(0).padStart(5);
    console.log(`p50 ${at(0.5)}  p95 ${at(0.95)}  max ${at(1)}  ${name}`);
  }
} finally {
  await desk.close();
  setImmediate(() => process.exit()); // the readers' children would wait for more
}

/** Before the tables are large, as on any morning. */
async function preview({ office, as }: TestDesk): Promise<void> {
  const clerk = await as('reviewer');
  const [{ number } = { number: '' }] = await office.db.selectFrom('application').select('number').limit(1).execute();
  const timed = async () => {
    const began = performance.now();
    const { text } = await clerk.get(`/applications/${number}`);
    if (!text.includes('data-place')) throw new Error('the page shows no form');
    return performance.now() - began;
  };
  const cold = await timed();
  const kept = [await timed(), await timed(), await timed()];
  rmSync(join(office.settings.dataDir, 'previews'), { recursive: true, force: true });
  const warm = await timed();
  console.log(
    `one application with its form: cold ${cold.toFixed(0)} ms, child at hand ${warm.toFixed(0)} ms, looked at before ${Math.min(...kept).toFixed(0)} ms`,
  );
}

/** Rows as the real ones, under other numbers and names: what pages read of them weighs the same. */
async function multiply({ office: { db } }: TestDesk): Promise<void> {
  const columns = async (table: string, without: string[]) => {
    const { rows } = await sql<{ name: string }>`select column_name as name from information_schema.columns
      where table_schema = 'public' and table_name = ${table} order by ordinal_position`.execute(db);
    return rows.map(({ name }) => name).filter((name) => !without.includes(name));
  };
  const copy = async (table: string, set: Record<string, string>, count: number, where = 'true') => {
    const plain = await columns(table, Object.keys(set));
    const list = (names: string[]) => names.map((name) => `"${name}"`).join(', ');
    await sql
      .raw(
        `insert into ${table} (${list([...Object.keys(set), ...plain])})
         select ${[...Object.values(set), ...plain.map((name) => `o."${name}"`)].join(', ')}
         from generate_series(1, ${count}) n
         join (select *, row_number() over (order by id) - 1 as turn, count(*) over () as all_of from ${table} where ${where}) o
           on o.turn = n % o.all_of`,
      )
      .execute(db);
  };
  const soon = `o.received_at + n * interval '90 seconds'`;
  await copy(
    'message',
    { id: '100000 + n', identity: `'copy ' || n`, received_at: soon, subject: `'材料' || n % 100 || o.subject` },
    mails,
  );
  await sql`insert into sighting (account, folder, uid_validity, uid, message, internal_date, seen_at)
    select 'copy', 'INBOX', '1', id, id, received_at, received_at from message where id > 100000`.execute(db);
  await copy(
    'application',
    {
      id: '100000 + n',
      number: `'C-' || n`,
      origin: `'copy#' || n`,
      last_received_at: `o.last_received_at + n * interval '90 seconds'`,
      nominee: `o.nominee || n % 100`,
    },
    applications,
  );
  await sql`insert into share (message, position, application, perhaps, address, received_at, content)
    select m.id, 0, a.id, '{}', o.address, o.received_at, o.content from application a
    join message m on m.id = a.id
    join lateral (select * from share s where s.application < 100000 and s.application = (
      select min(id) + (a.id % (select count(*) from application where id < 100000))::integer from application) limit 1) o on true
    where a.id > 100000`.execute(db);
  await copy(
    'letter',
    {
      id: '100000 + n',
      application: '100000 + n',
      number: `'C-' || n`,
      message_id: `'<copy' || n || '@bench>'`,
      state_key: `'copy' || n`,
      state: `'sent'`,
    },
    applications,
    `kind <> 'digest'`,
  );
  await sql`analyze`.execute(db);
}
