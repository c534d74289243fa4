import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { officeClock } from '../../src/clock.ts';
import { openRawStore, type RawStore } from '../../src/mailbox/raw-store.ts';
import { backUp } from '../../src/office/backup.ts';
import { journalFiles, openJournal } from '../../src/store/journal.ts';

const clock = officeClock(null);
let home = '';
let dataDir = '';
let copy = '';
let rawStore: RawStore;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'shouli 备份-'));
  [dataDir, copy] = [join(home, 'data'), join(home, '备份')];
  rawStore = await openRawStore(dataDir);
});
afterEach(() => rmSync(home, { recursive: true }));

/** As polling does it: the raw file first, then the journal. */
async function receive(text: string): Promise<string> {
  const raw = await rawStore.keep(Buffer.from(`Subject: ${text}\r\n\r\n${text}\r\n`));
  const place = { account: 'office@126.example', folder: 'INBOX', uidValidity: '1', uid: text.length };
  const arrival = { place, receivedAt: '2018-07-10T02:00:00.000Z', receivedFrom: 'internaldate' as const, raw };
  await openJournal(dataDir, clock).write({ event: 'kept', ...arrival });
  return raw.sha256;
}

const rawFiles = (folder: string) =>
  readdirSync(join(folder, 'raw'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.eml'));
const journalOf = (folder: string) =>
  journalFiles(join(folder, 'journal'))
    .map((name) => readFileSync(join(folder, 'journal', name), 'utf8'))
    .join('');

test('journal and raw mails lie in the copy byte for byte, for their owner alone, with a manifest', async () => {
  const mails = [await receive('one'), await receive('two 2')];
  expect(await backUp(dataDir, copy)).toMatchObject({ mails: 2, copied: 2, entries: 2, damaged: [] });
  expect(journalOf(copy)).toBe(journalOf(dataDir));
  for (const sha256 of mails) {
    const path = (await openRawStore(copy)).path(sha256);
    expect(readFileSync(path)).toEqual(await rawStore.read(sha256));
    expect(statSync(path).mode & 0o077).toBe(0);
  }
  const manifest = JSON.parse(readFileSync(join(copy, 'manifest.json'), 'utf8'));
  expect(manifest).toMatchObject({ mails: 2, entries: 2, damaged: [], journal: [{ bytes: journalOf(copy).length }] });
});

test('the second time only what is new is copied', async () => {
  const old = await receive('one');
  await backUp(dataDir, copy);
  const written = statSync((await openRawStore(copy)).path(old)).mtimeMs;
  await receive('two 2');
  expect(await backUp(dataDir, copy)).toMatchObject({ mails: 2, copied: 1 });
  expect(statSync((await openRawStore(copy)).path(old)).mtimeMs).toBe(written);
  expect(journalOf(copy)).toBe(journalOf(dataDir));
});

test('while mail comes in: every mail that the copied journal names is in the copy', async () => {
  let isDone = false;
  const arriving = (async () => {
    for (let count = 1; !isDone; count += 1) await receive('x'.repeat(count));
  })();
  for (let round = 0; round < 10; round += 1) {
    await backUp(dataDir, copy);
    const there = new Set(rawFiles(copy).map((name) => name.slice(3, -4)));
    for await (const entry of openJournal(copy, clock).read())
      if (entry.event === 'kept') expect(there).toContain(entry.raw.sha256);
  }
  isDone = true;
  await arriving;
  expect(rawFiles(copy).length).toBeGreaterThan(3);
});

test('a line that is only half written waits for the next backup', async () => {
  await receive('one');
  const file = join(dataDir, 'journal', journalFiles(join(dataDir, 'journal'))[0] ?? '');
  const whole = readFileSync(file, 'utf8');
  appendFileSync(file, '{"event":"kep');
  await backUp(dataDir, copy);
  expect(journalOf(copy)).toBe(whole);
  await receive('two 2');
  expect(await backUp(dataDir, copy)).toMatchObject({ mails: 2, copied: 1 });
});

describe('what it does not do', () => {
  test('another office’s backup is not written over', async () => {
    await receive('one');
    await backUp(dataDir, copy);
    rmSync(join(dataDir, 'journal'), { recursive: true }); // the data were lost and the office began anew
    await receive('another');
    const before = journalOf(copy);
    await expect(backUp(dataDir, copy)).rejects.toMatchObject({ forPerson: expect.stringContaining('另一份备份') });
    expect(journalOf(copy)).toBe(before);
  });

  test('a damaged raw mail does not pass for a good copy, nor does it take one away', async () => {
    const [good, bad] = [await receive('one'), await receive('two 2')];
    await backUp(dataDir, copy);
    const late = await receive('three 33');
    for (const sha256 of [bad, late]) writeFileSync(rawStore.path(sha256), 'rot');
    expect(await backUp(dataDir, copy)).toMatchObject({ mails: 2, damaged: [late] });
    const kept = await openRawStore(copy);
    await expect(kept.read(good)).resolves.toBeDefined();
    await expect(kept.read(bad)).resolves.toBeDefined();
  });

  test.each(['.', 'raw', 'new/folder'])('the backup does not go into the data folder itself (%s)', async (inside) => {
    await receive('one');
    await expect(backUp(dataDir, join(dataDir, inside))).rejects.toMatchObject({ kind: 'usage' });
  });
});
