import { expect, test } from '@jest/globals';
import { Migrator, sql } from 'kysely';
import { silentLog } from '../../src/log.ts';
import { listApplications } from '../../src/store/application-list.ts';
import { connectDatabase, openDatabase } from '../../src/store/database.ts';
import { listDecisions } from '../../src/store/decisions.ts';
import { listHappenings } from '../../src/store/happenings.ts';
import * as ledger from '../../src/store/migrations/0001-ledger.ts';
import { freshDatabase } from '../support/database.ts';

test('an office of the first tables goes on: its mails stand in the history, its decisions count', async () => {
  const database = await freshDatabase();
  const old = connectDatabase(database.url, silentLog);
  const provider = { getMigrations: async () => ({ '0001-ledger': ledger }) };
  await new Migrator({ db: old.db, provider }).migrateToLatest();
  await sql`
    insert into message (id, identity, bytes, received_at, received_from, from_address, from_name, subject, fate, kept_at)
      values (7, 'abc', 1, '2018-07-10 10:00+08', 'internaldate', 'a@example.com', '', '推荐材料', 'recorded', now());
    insert into application (id, notice, number, origin, union_known, union_quota, nominee, nominee_key, addresses, has_form,
        timeliness, complete, requirements, findings, state_key, first_received_at, last_received_at, is_backlog, updated_at)
      values (3, 'r', 'JZGJ-2018-0001', 'abc#0', false, 1, '李建国', '李建国', '{a@example.com}', true, 'on_time', true, '{}',
        '[]', 'k', now(), now(), false, now());
    insert into share (message, position, application, address, received_at, content)
      values (7, 0, 3, 'a@example.com', '2018-07-10 10:00+08', '{"open":[]}');
    insert into decision (application, kind, note, by, at) values (3, 'accept', '齐全', 'wang', now())`.execute(old.db);
  await old.close();
  const { db, close } = await openDatabase(database.url, silentLog);
  expect(await listHappenings(db, 3)).toEqual([
    {
      ...{ kind: 'mail', mail: 'abc', subject: '推荐材料', from: 'a@example.com', brought: null, left: false },
      ...{ version: 0, at: new Date('2018-07-10T10:00:00+08:00') },
    },
  ]);
  expect(await listApplications(db)).toMatchObject([{ status: 'accepted', version: 0, isGone: false, dismissed: [] }]);
  expect(await listDecisions(db, 3)).toMatchObject([{ kind: 'accept', act: null, undone: false }]);
  await close();
  await database.close();
});
