import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import * as disk from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeEach, expect, test } from '@jest/globals';
import { Failure } from '../../src/errors.ts';
import { type Disk, openRawStore } from '../../src/mailbox/raw-store.ts';
import { unionMail } from '../support/office-mailbox.ts';

const root = mkdtempSync(join(tmpdir(), 'raw-store-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));
let dataDir = '';
beforeEach(() => {
  dataDir = mkdtempSync(join(root, 'data-'));
});

const mail = Buffer.from(unionMail('推荐材料'));
const sha256 = createHash('sha256').update(mail).digest('hex');
const files = () =>
  readdirSync(join(dataDir, 'raw'), { recursive: true, encoding: 'utf8' }).filter((name) => name.includes('.'));

test('a mail lies under its hash, for our eyes only, once', async () => {
  const store = await openRawStore(dataDir);
  const kept = await store.keep(mail);
  expect(kept).toMatchObject({ sha256, bytes: mail.length, head: { from: 'gonghui@example.com' } });
  expect(await store.keep(mail)).toEqual(kept);
  expect(files()).toEqual([join(sha256.slice(0, 2), `${sha256}.eml`)]);
  expect(statSync(store.path(sha256)).mode & 0o777).toBe(0o600);
  expect(statSync(join(dataDir, 'raw')).mode & 0o777).toBe(0o700);
  expect(await store.read(sha256)).toEqual(mail);
});

test('in pieces or whole is the same', async () => {
  const store = await openRawStore(dataDir);
  async function* pieces() {
    for (let at = 0; at < mail.length; at += 11) yield mail.subarray(at, at + 11);
  }
  expect(await store.keep(pieces())).toEqual(await store.keep(mail));
});

test('a source that breaks leaves nothing, and its own error is told', async () => {
  const store = await openRawStore(dataDir);
  async function* broken() {
    yield mail.subarray(0, 100);
    throw new Error('connection lost');
  }
  await expect(store.keep(broken())).rejects.toThrow('connection lost');
  expect(files()).toEqual([]);
});

/** A disk that fails once, at its n-th call. */
function failingDisk(failAt: number, code: string): { disk: Disk; calls: () => number } {
  let calls = 0;
  const counted =
    <Arguments extends unknown[], Result>(work: (...args: Arguments) => Promise<Result>) =>
    async (...args: Arguments): Promise<Result> => {
      calls += 1;
      if (calls === failAt) throw Object.assign(new Error(`${code}: made up`), { code });
      return work(...args);
    };
  const open = async (...args: Parameters<typeof disk.open>) => {
    const handle = await disk.open(...args);
    return Object.assign(handle, {
      writeFile: counted(handle.writeFile.bind(handle) as (data: Buffer) => Promise<void>),
      sync: counted(handle.sync.bind(handle)),
    });
  };
  return {
    disk: { open: counted(open), rename: counted(disk.rename), mkdir: disk.mkdir, rm: disk.rm },
    calls: () => calls,
  };
}

test.each([
  ['ENOSPC', '磁盘已满'],
  ['EIO', '磁盘读写出错'],
])('%s at any write: said in Chinese, worth another try, nothing half under the final name', async (code, said) => {
  const sound = failingDisk(0, code);
  await (await openRawStore(mkdtempSync(join(root, 'sound-')), sound.disk)).keep(mail);
  expect(sound.calls()).toBeGreaterThanOrEqual(8); // folder, open, write, sync, rename, folder
  for (let failAt = 1; failAt <= sound.calls(); failAt += 1) {
    dataDir = mkdtempSync(join(root, 'full-'));
    const failing = openRawStore(dataDir, failingDisk(failAt, code).disk);
    const failure = await failing.then((store) => store.keep(mail)).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({ kind: 'temporary', forPerson: expect.stringContaining(said) });
    for (const name of files()) expect(readFileSync(join(dataDir, 'raw', name))).toEqual(mail);
    expect(files().filter((name) => name.endsWith('.part'))).toEqual([]);
    const store = await openRawStore(dataDir); // there is room again
    await store.keep(mail);
    expect(await store.read(sha256)).toEqual(mail);
  }
});

test('a file that is no longer what its name says is not handed out; keeping the mail again heals it', async () => {
  const store = await openRawStore(dataDir);
  await store.keep(mail);
  writeFileSync(store.path(sha256), mail.subarray(0, 50));
  await expect(store.read(sha256)).rejects.toMatchObject({
    kind: 'permanent',
    forPerson: expect.stringContaining('已损坏'),
  });
  await store.keep(mail);
  expect(await store.read(sha256)).toEqual(mail);
  await expect(store.read('0'.repeat(64))).rejects.toMatchObject({ kind: 'permanent' });
  expect(() => store.path('../../etc/passwd')).toThrow(Failure);
});

test('killed in the middle: whole files or none, and the leftovers go at the next opening', async () => {
  const writer = spawn(process.execPath, ['--import', 'tsx', 'test/mailbox/raw-store-child.ts', dataDir]);
  const told = await untilKept(writer, 3);
  // a kill between two mails leaves nothing to sweep: this one is certainly unfinished
  const pid = writer.pid ?? 0;
  writeFileSync(join(dataDir, 'raw', `${pid}-cut.part`), 'half a mail');
  const over = new Promise((resolve) => writer.once('exit', resolve));
  writer.kill('SIGKILL');
  await over;
  expect(files()).toContain(`${pid}-cut.part`);
  writeFileSync(join(dataDir, 'raw', `${process.ppid}-alive.part`), 'being written');
  await openRawStore(dataDir);
  expect(files().filter((name) => name.endsWith('.part'))).toEqual([`${process.ppid}-alive.part`]);
  const mails = files().filter((name) => name.endsWith('.eml'));
  for (const name of mails)
    expect(
      createHash('sha256')
        .update(readFileSync(join(dataDir, 'raw', name)))
        .digest('hex'),
    ).toBe(basename(name, '.eml'));
  expect(mails.map((name) => basename(name, '.eml'))).toEqual(expect.arrayContaining(told));
});

function untilKept(writer: ChildProcess, count: number): Promise<string[]> {
  let said = '';
  return new Promise((resolve) => {
    writer.stdout?.on('data', (data) => {
      said += String(data);
      const told = said.split('\n').slice(0, -1);
      if (told.length >= count) resolve(told);
    });
  });
}
