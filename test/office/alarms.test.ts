import { afterAll, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { silentLog } from '../../src/log.ts';
import { openAlarms } from '../../src/office/alarms.ts';
import { alarmsSince, raiseAlarm } from '../../src/store/office-state.ts';
import { freshRecord } from '../support/database.ts';

const { db, close } = await freshRecord();
afterAll(close);

const standing = async () =>
  (await alarmsSince(db, new Date(0))).flatMap(({ text, clearedAt }) => (clearedAt === null ? [text] : []));

test('an alarm is told once while it lasts, and once that it is over', async () => {
  const told: string[] = [];
  const alarm = openAlarms({ db, log: silentLog }, (line) => told.push(line));
  for (const text of ['授权码不对', '授权码不对', null, null, '授权码不对']) await alarm('mailbox', text);
  expect(told).toEqual(['警报  授权码不对', '警报解除  刚才提示的问题已恢复正常', '警报  授权码不对']);
  expect(await standing()).toEqual(['授权码不对']);
  await alarm('mailbox', null);
  expect(await standing()).toEqual([]);
});

test('an alarm that the last run left is over when this one finds all well', async () => {
  await raiseAlarm(db, 'post', '邮箱要求暂停发信');
  const alarm = openAlarms({ db, log: silentLog }, () => undefined);
  await alarm('post', null);
  expect(await standing()).toEqual([]);
});

test('an alarm raised while another says that all is well stands until it is over', async () => {
  const alarm = openAlarms({ db, log: silentLog }, () => undefined);
  await Promise.all([alarm('post', null), alarm('post', '邮箱要求暂停发信')]);
  await alarm('post', null);
  expect(await standing()).toEqual([]);
});

test('books that could not be told that all is well are told the next time', async () => {
  await raiseAlarm(db, 'post', '邮箱要求暂停发信');
  const alarm = openAlarms({ db, log: silentLog }, () => undefined);
  await sql`alter table alarm rename to elsewhere`.execute(db);
  await expect(alarm('post', null)).rejects.toThrow('does not exist');
  await sql`alter table elsewhere rename to alarm`.execute(db);
  await alarm('post', null);
  expect(await standing()).toEqual([]);
});
