import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { officeClock } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { openMailbox } from '../../src/mailbox/open-mailbox.ts';
import { openRawStore, type RawStore } from '../../src/mailbox/raw-store.ts';
import { type Database, openDatabase } from '../../src/store/database.ts';
import { openJournal } from '../../src/store/journal.ts';
import { openLedger } from '../../src/store/ledger.ts';
import { freshDatabase, type TestDatabase } from '../support/database.ts';
import { unionMail } from '../support/office-mailbox.ts';
import { type ScriptedImap, startScriptedImap } from '../support/scripted-imap.ts';
import { seeded } from '../support/seeded.ts';

/** A line that breaks at every 4 KB of a 3 MB mail, against the real ledger and the real disk (issue A3). */
const [mailBytes, everyBytes] = [3_000_000, 4_096];

const folder = mkdtempSync(join(tmpdir(), 'shouli-cut-'));
const large = withScan(mailBytes);
let server: ScriptedImap;
let testDatabase: TestDatabase;
let database: Database;
let rawStore: RawStore;

beforeAll(async () => {
  server = await startScriptedImap();
  testDatabase = await freshDatabase();
  database = await openDatabase(testDatabase.url, silentLog);
  rawStore = await openRawStore(folder);
});

afterAll(async () => {
  await server.stop();
  await database.close();
  await testDatabase.close();
  rmSync(folder, { recursive: true });
});

test('cut at every 4 KB of a 3 MB mail: nothing lost, nothing doubled, never a piece taken for the whole', async () => {
  const first = server.arrive(unionMail('推荐材料'));
  await poll();
  const mails = [first, ...[large, unionMail('补充材料')].map((raw) => server.arrive(raw))];
  const sent = mails.map(({ raw }) => raw);
  let cuts = 0;
  for (let at = 1; at < large.length; at += everyBytes, cuts += 1) {
    server.behaviour.cutAfter = at;
    await expect(poll()).rejects.toMatchObject({ trouble: 'dropped' });
  }
  expect(cuts).toBe(733);
  expect(await kept()).toEqual([hash(first.raw)]);
  expect(rawFiles()).toEqual([hash(first.raw)]);
  server.behaviour.cutAfter = Number.POSITIVE_INFINITY;
  await poll();
  await poll();
  expect(await kept()).toEqual(sent.map(hash));
  expect(rawFiles()).toEqual(sent.map(hash).sort());
  for (const raw of sent) expect((await rawStore.read(hash(raw))).equals(raw)).toBe(true);
  const sightings = await database.db.selectFrom('sighting').select(['message', 'uid']).orderBy('uid').execute();
  expect(sightings.map(({ uid }) => Number(uid))).toEqual(mails.map(({ uid }) => uid));
  expect(new Set(sightings.map(({ message }) => message)).size).toBe(3);
}, 900_000);

/** As a newly started office does: each try is a connection of its own. */
async function poll() {
  const ledger = openLedger(database.db, openJournal(folder, officeClock(null)));
  const opens = new Date('2018-06-01T00:00:00+08:00');
  const mailbox = openMailbox({ imapUrl: server.url, ledger, rawStore, opens, log: silentLog });
  try {
    return await mailbox.poll();
  } finally {
    await mailbox.close();
  }
}

/** Hashes in the ledger, by UID. */
async function kept(): Promise<(string | null)[]> {
  const rows = await database.db.selectFrom('message').select('sha256').orderBy('id').execute();
  return rows.map(({ sha256 }) => sha256);
}

const rawFiles = () =>
  readdirSync(join(folder, 'raw'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.includes('.'))
    .map((name) => name.replace(/^.*\/|\.eml$/g, ''))
    .sort();

function hash(raw: Buffer | undefined): string {
  return createHash('sha256')
    .update(raw ?? '')
    .digest('hex');
}

/** A mail whose every line differs, so that a piece in the wrong place would show. */
function withScan(bytes: number): string {
  const random = seeded(3);
  const line = () => Buffer.from(Array.from({ length: 57 }, () => Math.floor(random() * 256))).toString('base64');
  const head = unionMail('证书扫描件');
  const lines = Array.from({ length: Math.ceil((bytes - head.length) / 78) }, line);
  return `${head}${lines.join('\r\n')}\r\n`.slice(0, bytes);
}
