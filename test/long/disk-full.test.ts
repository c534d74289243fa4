import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { takeBalance } from '../../src/office/balance.ts';
import { officeFacts } from '../../src/office/facts.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { digestOf } from '../../src/reports/digest/digest.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { liftStop } from '../../src/store/stop.ts';
import { untilIdle } from '../../workers/at-work.ts';
import { sweep } from '../../workers/sweep.ts';
import { type FullDisk, refusingDisk, smallDisk } from '../support/full-disk.ts';
import { at, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

/** The disk is full at any moment of a mail's way: raw file, journal, letter. One mail after another goes that way. */
let server: NeteaseServer;
let office: TestOffice | null = null;
let disk: FullDisk | null = null;
beforeEach(async () => {
  server = await startNeteaseServer();
});
afterEach(async () => {
  await office?.close();
  disk?.close(); // also when a test has failed: a mount would stay
  await server.close();
});

const opened = (disk: FullDisk): Promise<TestOffice> =>
  openTestOffice(
    {
      ...{ IMAP_URL: server.url, SMTP_URL: `file:${join(disk.folder, 'outbox')}`, DATA_DIR: disk.folder },
      ...{ LETTERS: 'auto', QUIET_MINUTES: '0' },
    },
    at('18 09:00').toISOString(),
  );

/** The same story each time, as another mail of another day; what was known of the nominee is forgotten. */
async function nextMail(office: TestOffice, number: number): Promise<void> {
  for (const table of ['letter', 'evidence', 'share', 'happening', 'application', 'alarm'] as const)
    await office.db.deleteFrom(table).execute();
  const raw = persona('three-mails-one-application')
    .toString('latin1')
    .replace(/^Date:/im, `X-Copy: ${number}\r\nDate:`);
  server.deliver({ raw: Buffer.from(raw, 'latin1'), receivedAt: at('17 09:00') });
}

const filesIn = (folder: string) =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((n) => n.endsWith('.eml'))
    : [];

function expectNothingTruncated({ folder }: FullDisk): void {
  for (const name of filesIn(join(folder, 'raw')))
    expect(
      createHash('sha256')
        .update(readFileSync(join(folder, 'raw', name)))
        .digest('hex'),
    ).toBe(basename(name, '.eml'));
  for (const name of filesIn(join(folder, 'outbox')))
    expect(readFileSync(join(folder, 'outbox', name), 'latin1')).toMatch(/\r\n--[^\r\n]+--\r\n$/); // MIME's last line
}

/** What staff read in the digest of that moment. Nobody is at work any more: room made in the middle of a job is another story. */
async function said(office: TestOffice): Promise<string> {
  await sweep(office);
  await untilIdle(office);
  return digestOf(await officeFacts(office), '2018-07-18').system.alarms.join('\n');
}

async function expectAllWell(office: TestOffice, disk: FullDisk, mails: number): Promise<void> {
  await liftStop(office.db); // the outbox waits a minute
  await sweep(office);
  await office.work();
  expect((await listMessages(office.db)).map(({ fate }) => fate)).toEqual(Array(mails).fill('recorded'));
  expect((await listLetters(office.db)).map(({ state }) => state)).toEqual(['sent']);
  expect(filesIn(join(disk.folder, 'outbox'))).toHaveLength(mails);
  expect(await takeBalance(office)).toMatchObject({ ok: true, server: mails, ledger: mails });
  expect(await said(office)).toBe('');
}

test('the n-th write and every later one fails, for each write of a mail’s way', async () => {
  const refusing = await refusingDisk();
  disk = refusing;
  office = await opened(disk);
  await nextMail(office, 0);
  await office.work();
  disk.makeRoom();
  await nextMail(office, 1);
  await office.work();
  const writes = refusing.counted();
  expect(writes).toBeGreaterThanOrEqual(14); // raw file, journal five times, letter: written and synced
  for (let n = 0; n < writes; n += 1) {
    await nextMail(office, n + 2);
    disk.fill(n);
    await office.work();
    expectNothingTruncated(disk);
    expect([n, await said(office)]).toEqual([n, expect.stringMatching(/磁盘/)]);
    disk.makeRoom();
    await expectAllWell(office, disk, n + 3);
  }
}, 60_000);

test('a disk with room for so many pages and no more', async () => {
  disk = smallDisk();
  if (disk === null) return console.log('no tmpfs may be mounted here (needs root): the really full disk is left out');
  office = await opened(disk);
  await nextMail(office, 0);
  await office.work();
  const heard: string[] = [];
  for (let pages = 0; heard.at(-1) !== ''; pages += pages < 9 ? 3 : 1) {
    await nextMail(office, heard.length + 1);
    disk.fill(pages);
    await office.work();
    expectNothingTruncated(disk);
    heard.push(await said(office));
    disk.makeRoom();
    await expectAllWell(office, disk, heard.length + 1);
  }
  expect(heard.slice(0, 4)).toEqual(Array(4).fill(expect.stringContaining('磁盘已满'))); // the mail has ten pages
  expect(heard.slice(4, -1)).toEqual([
    expect.stringContaining('记录簿'),
    ...Array(heard.length - 6).fill(expect.stringContaining('信件')),
  ]);
}, 60_000);
