import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { withPlansKept } from '../../src/store/kept-plans.ts';
import { freshDatabase } from '../support/database.ts';

type Tables = { mail: { id: number; subject: string } };

const database = await freshDatabase();
// One connection: a plan is the connection's own.
const pool = new pg.Pool({ connectionString: database.url, max: 1 });
const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: withPlansKept(pool) }) });

beforeAll(async () => {
  await sql`create table mail (id integer, subject text)`.execute(db);
  await sql`insert into mail values (1, '解放区总工会焦作工匠推荐材料')`.execute(db);
});

afterAll(async () => {
  await db.destroy();
  await database.close();
});

const keptPlans = async () =>
  (await sql<{ statement: string }>`select statement from pg_prepared_statements`.execute(db)).rows.map(
    ({ statement }) => statement,
  );

test('the same statement with other values is planned once', async () => {
  const subjectOf = (id: number) => db.selectFrom('mail').select('subject').where('id', '=', id).execute();
  expect([await subjectOf(1), await subjectOf(2)]).toEqual([[{ subject: '解放区总工会焦作工匠推荐材料' }], []]);
  expect((await keptPlans()).filter((text) => text.includes('select "subject" from "mail"'))).toHaveLength(1);
});

test.each([
  ['select *', () => db.selectFrom('mail').selectAll().where('id', '=', 1)],
  ['select "mail".*', () => db.selectFrom('mail').selectAll('mail').where('id', '=', 1)],
  ['select "id", "mail".*', () => db.selectFrom('mail').select('id').selectAll('mail').where('id', '=', 1)],
  ['returning *', () => db.updateTable('mail').set({ subject: '焦作工匠' }).where('id', '=', 1).returningAll()],
])('a newer version adds a column while this one works: %s answers as before', async (_text, query) => {
  expect(await query().execute()).toHaveLength(1);
  await sql`alter table mail add column ${sql.id(`new_${Math.random().toString(36).slice(2)}`)} text`.execute(db);
  expect(await query().execute()).toMatchObject([{ id: 1 }]);
});

test('a list of varying length does not fill the connection with plans', async () => {
  for (let length = 1; length <= 320; length += 1)
    await db.selectFrom('mail').select('id').where('id', 'in', Array(length).fill(1)).execute();
  expect((await keptPlans()).length).toBeLessThanOrEqual(300);
});
