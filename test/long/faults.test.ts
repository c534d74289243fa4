import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from '@jest/globals';
import pg from 'pg';
import { silentLog } from '../../src/log.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { takeOfficeLock } from '../../src/store/office-lock.ts';
import { alarmsSince } from '../../src/store/office-state.ts';
import { startPostgres, type TestDatabase } from '../queue/servers.ts';
import { type CutLine, openLine } from '../support/cut-line.ts';
import { at, letters, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';
import { until } from '../support/until.ts';

/** What the office stands on goes away while work is under way, and comes back: nothing lost, nothing doubled. */
const stories = [
  ...['two-items-missing', 'complete-in-one-mail', 'certificates-on-paper', 'photo-only-inside-form'],
  ...['wrong-check-digits', 'below-senior-worker', 'list-says-none', 'county-award'],
];
const resumedMs = 5_000;

let database: TestDatabase;
let line: CutLine;
let server: NeteaseServer;
let smtp: ScriptedSmtp;
let office: TestOffice;
let lock: Awaited<ReturnType<typeof takeOfficeLock>>;
let dataDir = '';
let ousted = 0;
const crashes: unknown[] = [];
const onCrash = (error: unknown) => void crashes.push(error);

beforeAll(async () => {
  for (const kind of ['uncaughtException', 'unhandledRejection']) process.on(kind, onCrash);
  database = await startPostgres(); // a server of its own: it is killed
  line = await openLine(database.databaseUrl);
}, 60_000);
afterAll(async () => {
  await line.close();
  await database.close();
  for (const kind of ['uncaughtException', 'unhandledRejection']) process.off(kind, onCrash);
});

/** An office whose mailbox tells of news. */
beforeEach(async () => {
  await ask('drop schema if exists bullmq cascade; drop schema public cascade; create schema public');
  server = await startNeteaseServer({ script: { withIdle: true } });
  smtp = await startScriptedSmtp();
  dataDir = mkdtempSync(join(tmpdir(), 'shouli-faults-'));
  office = await begin();
  lock = await takeOfficeLock(line.url, silentLog, () => {
    ousted += 1;
  });
});
afterEach(async () => {
  await lock?.release();
  await office.close();
  await Promise.all([server.close(), smtp.close()]);
  rmSync(dataDir, { recursive: true });
  expect([crashes, ousted]).toEqual([[], 0]);
});

function begin(): Promise<TestOffice> {
  const doors = { IMAP_URL: server.url, SMTP_URL: smtp.url, DATABASE_URL: line.url, DATA_DIR: dataDir };
  return openTestOffice({ ...doors, LETTERS: 'auto', QUIET_MINUTES: '0' }, at('18 09:00').toISOString());
}

async function ask(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database.databaseUrl });
  await client.connect();
  await client.query(sql);
  await client.end();
}

const arrive = (names: string[]) => {
  for (const story of names) server.deliver({ raw: persona(story), receivedAt: at('17 09:00') });
};
/** How many mails were taken in; none can be seen while the database is away. */
const recorded = async () => {
  const mails = await listMessages(office.db).catch(() => []);
  return mails.filter(({ fate }) => fate === 'recorded').length;
};
const alarms = async (kind: string) => (await alarmsSince(office.db, new Date(0))).filter((one) => one.kind === kind);

/** Every mail is taken in, every application has its one letter, and each left once. */
async function expectAllDone(): Promise<void> {
  await until(async () => (await recorded()) === stories.length);
  await until(
    async () => (await letters(office)).filter((letter) => letter.endsWith(' sent')).length === stories.length,
  );
  expect(await letters(office)).toHaveLength(stories.length);
  const ids = smtp.delivered.map(({ raw }) => /^Message-ID:\s*(<.*?>)/im.exec(raw.toString('latin1'))?.[1]);
  expect([ids.length, new Set(ids).size]).toEqual([stories.length, stories.length]);
}

test('the queue is wiped while mails wait in it', async () => {
  arrive(stories);
  office.watch();
  await until(async () => (await recorded()) >= 2);
  await database.wipe();
  const doneMs = await until(async () => (await recorded()) === stories.length, 40_000);
  await expectAllDone();
  expect(doneMs).toBeLessThan(2 * resumedMs);
});

test('the database is killed while mails are taken in', async () => {
  arrive(stories);
  office.watch();
  await until(async () => (await recorded()) >= 2);
  await database.kill();
  await until(() =>
    ask('select 1').then(
      () => true,
      () => false,
    ),
  );
  const before = await recorded();
  const resumed = await until(async () => (await recorded()) > before, 40_000);
  await expectAllDone();
  expect(resumed).toBeLessThan(resumedMs);
});

test('the database is away for ten seconds; mail that comes meanwhile is there right after', async () => {
  office.watch();
  arrive(stories.slice(0, 4));
  await until(async () => (await recorded()) >= 1);
  await line.cut();
  arrive(stories.slice(4));
  await sleep(10_000);
  await line.mend();
  const before = await recorded();
  const resumed = await until(async () => (await recorded()) > before, 40_000);
  const fetched = await until(async () => (await listMessages(office.db)).length === stories.length, 70_000);
  await expectAllDone();
  expect(resumed + fetched).toBeLessThan(resumedMs);
  expect(await alarms('database')).toMatchObject([
    { text: expect.stringContaining('数据库'), clearedAt: expect.any(Date) },
  ]);
  expect(await alarms('mailbox')).toEqual([]);
}, 120_000);

test('the queue’s tables are taken away: one alarm, mail is kept on; started anew it is made good', async () => {
  arrive(stories.slice(0, 4));
  office.watch();
  await until(async () => (await recorded()) >= 1);
  await database.breakForGood();
  await until(async () => (await alarms('queue')).length > 0);
  const soFar = await recorded();
  arrive(stories.slice(4));
  await until(async () => (await listMessages(office.db)).length === stories.length);
  await sleep(1_000);
  expect(await alarms('queue')).toMatchObject([{ text: expect.stringContaining('重新启动'), clearedAt: null }]);
  expect(await alarms('mailbox')).toEqual([]);
  expect(await recorded()).toBeLessThanOrEqual(soFar + 2); // what was in hand
  await office.close();
  office = await begin();
  await office.work();
  await expectAllDone();
  expect(await alarms('queue')).toMatchObject([{ clearedAt: expect.any(Date) }]);
});
