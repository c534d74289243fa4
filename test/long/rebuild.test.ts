import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { silentLog } from '../../src/log.ts';
import { backUp } from '../../src/office/backup.ts';
import { type Books, openBooks } from '../../src/office/books.ts';
import { needsRebuilding, rebuild } from '../../src/office/rebuild.ts';
import { fillLetters, readJuly, type Sample } from '../../src/rehearsal/july.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { readSettings } from '../../src/settings.ts';
import { listApplications } from '../../src/store/application-list.ts';
import { emptyDatabase } from '../../src/store/database.ts';
import { addDecision } from '../../src/store/decisions.ts';
import { heldLetters, nextLetterDue, releaseHeld } from '../../src/store/delivery.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { messagesToRerun, rerunMessages } from '../../src/store/messages.ts';
import { takeOfficeLock } from '../../src/store/office-lock.ts';
import { readState, stateHash } from '../../src/store/state-hash.ts';
import { resumeLetters, stopLetters } from '../../src/store/stop.ts';
import { freshDatabase } from '../support/database.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

/** Stories of July that leave every kind of trace; each is played from its first mail to its last. */
const stories = [
  'correction-completes',
  'two-nominees-one-mail',
  'three-mails-one-application',
  'advertisement',
  'question-without-attachment',
  'third-nominee',
  'bounce-of-our-letter',
  'last-day-in-three/1',
  'midnight',
  'sent-before-arrived-after',
  'before-the-round',
  'delivered-twice',
];
const july = readJuly(['fixtures/personas', 'fixtures/rehearsal']).filter(
  ({ story }) => stories.includes(story) || stories.includes(story.split('/')[0] ?? ''),
);

/** One office for the whole file: what it did, and its journal and raw mails, are what the tests rebuild from. */
let dataDir = '';
let folder = '';
let database: Awaited<ReturnType<typeof freshDatabase>>;
let server: NeteaseServer;
let books: Books;
let before = '';
let numbers: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'shouli-rebuild-'));
  dataDir = join(folder, '数据');
  mkdirSync(dataDir);
  database = await freshDatabase();
  server = await startNeteaseServer();
  const office = await openTestOffice(given(), '2018-07-01T09:00:00');
  await playJuly(office);
  before = await stateHash(office.db, { times: true });
  numbers = (await listApplications(office.db)).map(({ number, nominee }) => `${number} ${nominee}`);
  await office.close();
  books = await openBooks({ ...readSettings(given(), folder), configDir: 'config' }, silentLog);
}, 60_000);

afterAll(async () => {
  await books.close();
  await server.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

const given = () => ({
  DATABASE_URL: database.url,
  DATA_DIR: dataDir,
  IMAP_URL: server.url,
  SMTP_URL: `file:${join(folder, 'outbox')}`,
  DIGEST_TO: 'office@example.com',
});

/**
 * July as it comes, and what people do in between: a decision, a mail run again, letters stopped over an afternoon and
 * over the deadline, which turns a demand into one that a person has to send, and does.
 */
async function playJuly(office: TestOffice): Promise<void> {
  for (const sample of july) {
    await untilThen(office, sample.receivedAt);
    server.deliver(await answering(office, sample));
    await office.work();
    await actOfAPerson(office, sample.story);
  }
  await untilThen(office, new Date('2018-07-22T09:00:00+08:00'));
}

async function untilThen(office: TestOffice, at: Date): Promise<void> {
  for (let due = await nextLetterDue(office.db); due && due <= at; due = await nextLetterDue(office.db)) {
    if (due > office.clock.now()) office.clock.jumpTo(due);
    else break;
    await office.work();
  }
  office.clock.jumpTo(at);
  await office.work();
}

/** Answers, and the bounce, name the newest letter of ours. */
async function answering(office: TestOffice, sample: Sample) {
  const letters = (await listLetters(office.db)).filter(({ kind, state }) => kind !== 'digest' && state === 'sent');
  const last = letters.at(-1)?.messageId.replace(/[<>]/g, '') ?? null;
  const raw = fillLetters(sample.raw, () => last).toString('latin1');
  return { ...sample, raw: Buffer.from(raw.replaceAll('JZGJ-2018-0016.receipt.1@126.com', last ?? ''), 'latin1') };
}

async function actOfAPerson({ db, journal }: TestOffice, story: string): Promise<void> {
  const by = 'wang';
  if (['correction-completes/1', 'last-day-in-three/1'].includes(story)) await stopLetters(db, journal, '人工停止', by);
  if (['correction-completes/2', 'midnight/1'].includes(story)) await resumeLetters(db, journal, by);
  if (story === 'three-mails-one-application/3') {
    const [one] = await listApplications(db);
    const at = await journal.write({ event: 'decided', number: one?.number ?? '', kind: 'accept', note: '齐全', by });
    await addDecision(db, one?.id ?? 0, { kind: 'accept', note: '齐全', by }, at);
    const identities = await messagesToRerun(db, { ids: [(await listMessages(db)).at(-1)?.id ?? 0] });
    await journal.write({ event: 'rerun', identities, letters: [], by });
    await rerunMessages(db, identities);
  }
  if (story === 'sent-before-arrived-after/1') {
    const held = await heldLetters(db, 'all');
    const at = await journal.write(...held.map((messageId) => ({ event: 'released' as const, messageId, by })));
    await releaseHeld(db, held, at);
  }
}

/** What July leaves in the journal: all but a failing disk or mail server, a mail moved by staff, and a ruling. */
const journalled = [
  ...['answered', 'began', 'decided', 'digest', 'handed', 'kept', 'met', 'numbered', 'passed_over', 'reconsidered'],
  ...['released', 'rerun', 'resumed', 'stopped', 'taken'],
];

const letterFiles = () =>
  readdirSync(join(folder, 'outbox')).map((name) => [name, statSync(join(folder, 'outbox', name)).mtimeMs]);

test('the July that is rebuilt has every kind of trace', async () => {
  const { messages, letters, decisions, digests } = await readState(books.db, { times: true });
  const values = (rows: unknown[] | undefined, key: string) =>
    new Set((rows as Record<string, unknown>[]).map((row) => row[key]));
  expect([...values(messages, 'fate')].sort()).toEqual(['before_round', 'recorded', 'set_aside']);
  expect([...values(letters, 'kind')]).toEqual(
    expect.arrayContaining(['receipt', 'correction_request', 'digest', 'late_notice']),
  );
  expect([...values(letters, 'state')].sort()).toEqual(['bounced', 'sent']);
  const events = new Set((await all(books.journal.read())).map(({ event }) => event));
  expect([...events].sort()).toEqual(journalled);
  expect([decisions?.length, (digests?.length ?? 0) > 10]).toEqual([1, true]);
});

describe('what rebuilding refuses, with the books left as they are', () => {
  test('to take the database away under an office at work', async () => {
    const lock = await takeOfficeLock(database.url, silentLog, () => {});
    await expect(rebuild(books, () => {})).rejects.toMatchObject({ forPerson: expect.stringContaining('正在运行') });
    await lock?.release();
    expect(await stateHash(books.db, { times: true })).toBe(before);
  });

  test('to empty the database for a journal that is not there', async () => {
    const elsewhere = await openBooks({ ...books.settings, dataDir: join(folder, '空') }, silentLog);
    await expect(rebuild(elsewhere, () => {})).rejects.toMatchObject({
      forPerson: expect.stringContaining('没有记录簿'),
    });
    await elsewhere.close();
    expect(await stateHash(books.db, { times: true })).toBe(before);
  });
});

describe('the database is lost', () => {
  test('an office does not start on the empty one: it would write to everybody again', async () => {
    expect(await needsRebuilding(books)).toBe(false);
    await loseDatabase();
    expect(await needsRebuilding(books)).toBe(true);
  });

  test('raw mails and journal give the same state back, no letter leaves, numbers are kept', async () => {
    const sent = letterFiles();
    const { read } = books.journal;
    const lines = (await all(read())).length;
    const state = await readState(books.db, { times: true });
    expect(await rebuild(books, () => {})).toEqual({ unreadable: 0, held: 0, decisions: [] });
    expect(await stateHash(books.db, { times: true })).toBe(before);
    expect((await listApplications(books.db)).map(({ number, nominee }) => `${number} ${nominee}`)).toEqual(numbers);
    expect(letterFiles()).toEqual(sent);
    expect([(await all(read())).length, state.messages]).toEqual([lines, []]);
    expect(await needsRebuilding(books)).toBe(false);
  });

  test('and again from a backup, in another folder', async () => {
    const copy = join(folder, '备份');
    await backUp(dataDir, copy);
    await loseDatabase();
    const other = await openBooks({ ...books.settings, dataDir: copy }, silentLog);
    await rebuild(other, () => {});
    expect(await stateHash(other.db, { times: true })).toBe(before);
    await other.close();
  });

  test('the office goes on where it was: nothing is fetched or sent anew', async () => {
    const sent = letterFiles();
    const fetched = server.log.length;
    const office = await openTestOffice(given(), '2018-07-22T09:01:00');
    await office.work();
    expect(await stateHash(office.db, { times: true })).toBe(before);
    expect(letterFiles()).toEqual(sent);
    expect(server.log.slice(fetched).filter(({ text }) => /BODY/i.test(text))).toEqual([]);
    await office.close();
  });
});

async function loseDatabase(): Promise<void> {
  await emptyDatabase(books.db);
  await books.close();
  books = await openBooks({ ...readSettings(given(), folder), configDir: 'config' }, silentLog);
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const list: Item[] = [];
  for await (const item of items) list.push(item);
  return list;
}
