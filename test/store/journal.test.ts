import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { type Journal, openJournal } from '../../src/store/journal.ts';
import { refusingDisk } from '../support/full-disk.ts';

const clock = { now: () => new Date('2018-07-18T09:00:00+08:00') };
let disk: Awaited<ReturnType<typeof refusingDisk>>;
let journal: Journal;
beforeAll(async () => {
  disk = await refusingDisk();
});
beforeEach(async () => {
  journal = openJournal(disk.folder, clock);
  await journal.write({ event: 'began' });
});
afterAll(() => disk.close());

const resumed = (by: string) => ({ event: 'resumed' as const, by });
async function lines(): Promise<string[]> {
  const all: string[] = [];
  for await (const entry of journal.read()) all.push(entry.event === 'resumed' ? entry.by : entry.event);
  return all.slice(all.lastIndexOf('began'));
}
const file = () => join(disk.folder, 'journal', `${new Date().toISOString().slice(0, 7)}.jsonl`);

test('what the disk did not take was not written: half a line, or one that was not synced, is no entry', async () => {
  disk.fill(0);
  await expect(journal.write(resumed('wang'))).rejects.toMatchObject({ kind: 'temporary' });
  expect(journal.trouble()?.forPerson).toContain('磁盘');
  disk.makeRoom();
  await journal.write(resumed('li'));
  expect([await lines(), journal.trouble()]).toEqual([['began', 'li'], null]);
});

test('a line that lacks nothing but its end was torn, too', async () => {
  appendFileSync(file(), JSON.stringify({ ...resumed('wang'), at: '', office: '' }));
  await journal.write(resumed('li'));
  expect(await lines()).toEqual(['began', 'li']);
});

test('what cannot be undone waits in memory until there is room, and keeps its place', async () => {
  disk.fill(0);
  await journal.writeOrKeep(resumed('wang'));
  await expect(journal.write(resumed('li'))).rejects.toMatchObject({ kind: 'temporary' });
  disk.makeRoom();
  await journal.write();
  await journal.write(resumed('zhao'));
  expect([await lines(), journal.trouble()]).toEqual([['began', 'wang', 'zhao'], null]);
});

test('without entries nothing is written while all is well; after a trouble it finds out whether that is over', async () => {
  const before = readFileSync(file(), 'utf8');
  await journal.write();
  expect(readFileSync(file(), 'utf8')).toBe(before);
  disk.fill(0);
  await expect(journal.write(resumed('wang'))).rejects.toThrow();
  await expect(journal.write()).rejects.toThrow();
  disk.makeRoom();
  await journal.write();
  expect([await lines(), journal.trouble()]).toEqual([['began'], null]);
});
