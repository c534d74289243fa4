import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { machineNow } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { readHealth } from '../../src/office/health.ts';
import { readSettings } from '../../src/settings.ts';
import { type OfficeLock, takeOfficeLock } from '../../src/store/office-lock.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

let mails = '';
let office: TestOffice;
let lock: OfficeLock | null = null;
beforeAll(async () => {
  mails = mkdtempSync(join(tmpdir(), 'shouli-health-'));
  office = await openTestOffice({ IMAP_URL: `file:${mails}` }, '2018-07-10T09:00:00+08:00');
});
afterEach(async () => {
  await lock?.release();
  lock = null;
});
afterAll(async () => {
  await office.close();
  rmSync(mails, { recursive: true });
});

const opened = async () => {
  lock = await takeOfficeLock(office.databaseUrl, silentLog, () => {});
};
const inMinutes = (minutes: number) => new Date(machineNow().getTime() + minutes * 60_000);
const polled = (at: Date) =>
  office.db
    .insertInto('office_state')
    .values({ name: 'last_poll', value: '', at })
    .onConflict((on) => on.column('name').doUpdateSet({ at }))
    .execute();
const health = (given: NodeJS.Dict<string> = {}, now = machineNow()) =>
  readHealth(
    readSettings(
      { IMAP_URL: `file:${mails}`, DATABASE_URL: office.databaseUrl, DATA_DIR: office.settings.dataDir, ...given },
      mails,
    ),
    now,
  );

test('books that nobody works on', async () => {
  expect(await health()).toEqual({ ok: false, said: '不正常：受理系统没有在运行' });
});

test('an office that has just begun is given the time of its first poll', async () => {
  await polled(inMinutes(-600)); // yesterday's
  await opened();
  expect(await health()).toEqual({ ok: true, said: '正常：受理系统刚刚启动，还没有收成过' });
  expect(await health({}, inMinutes(4.9))).toEqual({ ok: true, said: '正常：受理系统4 分钟前启动，还没有收成过' });
  expect(await health({}, inMinutes(5.1))).toEqual({
    ok: false,
    said: '不正常：受理系统正在运行，但已有 5 分钟没有收成，请运行 npx shouli doctor',
  });
});

test.each([
  ['60', 4.9, true],
  ['60', 5.1, false],
  ['1', 4.9, true], // never less than five minutes
  ['600', 29.9, true],
  ['600', 30.1, false],
])('polls every %s s, the last one %d minutes ago: well %s', async (POLL_SECONDS, minutes, ok) => {
  await opened();
  await polled(inMinutes(60));
  expect(await health({ POLL_SECONDS }, inMinutes(60 + minutes))).toMatchObject({
    ok,
    said: expect.stringMatching(`\\b${Math.floor(minutes)} 分钟`),
  });
});

test('the clock was set back by an hour: well as soon as a poll has succeeded since, and not for an hour because of one before', async () => {
  await opened();
  await polled(inMinutes(1.5));
  expect(await health({}, inMinutes(-59))).toMatchObject({
    ok: false,
    said: expect.stringContaining('60 分钟没有收成'),
  });
  await polled(inMinutes(-59));
  expect(await health({}, inMinutes(-58))).toEqual({ ok: true, said: '正常：受理系统正在运行，1 分钟前收过信' });
});

test('a database that refuses, one that takes the call and says nothing', async () => {
  const lines: Socket[] = [];
  const silent = createServer((line) => lines.push(line)).listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const { port } = silent.address() as AddressInfo;
  const DATABASE_URL = `postgres://shouli:secret@127.0.0.1:${port}/shouli`;
  const hung = await health({ DATABASE_URL });
  for (const line of lines) line.destroy();
  silent.close();
  expect(hung).toEqual({ ok: false, said: '不正常：数据库没有应答（等了 5 秒）' });
  expect(await health({ DATABASE_URL })).toEqual({ ok: false, said: '不正常：数据库没有应答（ECONNREFUSED）' });
});

test('without a server of one’s own: a folder that nobody worked in stays as it is', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-health-'));
  const own = { DATABASE_URL: '', DATA_DIR: folder };
  expect(await health(own)).toEqual({ ok: false, said: '不正常：受理系统没有在运行' });
  expect(await health({ ...own, IMAP_URL: '' })).toEqual({ ok: false, said: '不正常：演练没有在运行' });
  expect(readdirSync(folder)).toEqual([]);
  rmSync(folder, { recursive: true });
});
