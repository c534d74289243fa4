import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { type AddressInfo, connect, createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openDatabase } from '../../../src/store/postgres/database.ts';
import { hasCluster } from '../../../src/store/postgres/make.ts';
import { identify } from '../../../src/store/postgres/place.ts';
import { childrenOf } from '../../../src/store/postgres/processes.ts';
import { ask, end, isRoot, newFolder, noteOf, open, ownerOf, serversOf, startOpener, tidy, until } from './office.ts';

afterAll(tidy, 30_000); // every server writes all it holds before it ends

/** The DATA_DIR of all stories: each leaves it as whole as it found it, initdb takes its second every time. */
let office: string;
beforeAll(async () => {
  office = join(newFolder(), '受理 data');
  const cluster = await open(office);
  await ask(cluster.url, 'create table ledger (mail text)');
  await ask(cluster.url, `insert into ledger values ('寄了就放心')`);
  await cluster.close();
}, 30_000);

test('the first start makes a database that sorts by pinyin, is durable, and is open to this computer alone', async () => {
  const cluster = await open(office);
  const sorted = `select string_agg(x, ' ' order by x) from unnest('{张三,李四,王五,阿里,安阳,焦作,重庆}'::text[]) x`;
  expect(await ask(cluster.url, sorted)).toBe('阿里 安阳 重庆 焦作 李四 王五 张三');
  const settings = { server_encoding: 'UTF8', data_checksums: 'on', fsync: 'on', synchronous_commit: 'on' };
  const closed = {
    full_page_writes: 'on',
    listen_addresses: '127.0.0.1',
    autovacuum: 'on',
  };
  for (const [name, value] of Object.entries({ ...settings, ...closed }))
    expect({ [name]: await ask(cluster.url, `select current_setting('${name}')`) }).toEqual({ [name]: value });
  const socketFolder = readFileSync(join(noteOf(office).cluster, 'postmaster.pid'), 'utf8').split('\n')[4];
  expect(socketFolder).toBe('');
  expect(await ask(cluster.url, 'select rolsuper from pg_roles where rolname = current_user')).toBe(false);
  const wrong = cluster.url.replace(/:[^:@]+@/, ':guessed@');
  await expect(ask(wrong, 'select 1')).rejects.toThrow(/password authentication failed/);
  const note = noteOf(office);
  expect(note).toMatchObject({
    state: join(office, 'database'),
    role: 'shouli',
    port: Number(new URL(cluster.url).port),
  });
  expect(statSync(join(office, 'database.json')).mode & 0o777).toBe(0o600);
  expect(statSync(note.secretFile).mode & 0o777).toBe(0o600);
  await cluster.close();
  expect(serversOf(office)).toEqual([]);
  expect(noteOf(office).pid).toBeNull();
});

test('the server is nobody special, has a session of its own and nothing of our environment', async () => {
  const cluster = await open(office);
  const { pid } = noteOf(office);
  expect(serversOf(office)).toEqual([pid]);
  expect(ownerOf(pid ?? 0)).not.toBe(0);
  if (isRoot) expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Groups:\s*$/m);
  expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('LC_ALL=C.UTF-8\0');
  const session = readFileSync(`/proc/${pid}/stat`, 'utf8').split(' ')[5];
  expect(session).toBe(String(pid)); // Ctrl-C in our terminal does not reach it
  await cluster.close();
});

test('it comes back on its port with what it held; on another one when that is taken', async () => {
  const first = await open(office);
  await first.close();
  const second = await open(office);
  expect(second.url).toBe(first.url);
  expect(await ask(second.url, 'select mail from ledger')).toBe('寄了就放心');
  await second.close();
  const thief = createServer().listen(noteOf(office).port, '127.0.0.1');
  await once(thief, 'listening');
  const third = await open(office);
  expect(third.url).not.toBe(first.url);
  expect(await ask(third.url, 'select mail from ledger')).toBe('寄了就放心');
  await third.close();
  thief.close();
});

test('several at the same instant share one server, and the last to leave stops it', async () => {
  const others = [startOpener(office), startOpener(office)] as const;
  const [a, b, ...answers] = await Promise.all([open(office), open(office), ...others.map(({ answer }) => answer)]);
  expect(new Set([a.url, b.url, ...answers.map(({ url }) => url)]).size).toBe(1);
  const [server] = serversOf(office);
  await Promise.all([a.close(), a.close(), end(others[0], 'SIGTERM')]);
  expect(serversOf(office)).toEqual([server]);
  expect(await ask(b.url, 'select 1')).toBe(1);
  await Promise.all([b.close(), end(others[1], 'SIGTERM')]);
  expect(serversOf(office)).toEqual([]);
  expect(readdirSync(join(office, 'database', 'leases'))).toEqual([]);
});

test('leaving and coming at the same instant: the comer always has a server', async () => {
  let current = await open(office);
  for (let turn = 0; turn < 5; turn += 1) {
    const [next] = await Promise.all([open(office), current.close()]);
    expect(await ask(next.url, 'select 1')).toBe(1);
    current = next;
  }
  await current.close();
  expect(serversOf(office)).toEqual([]);
});

test('after kill -9 of Shouli the next one attaches to the server left behind, and stops it', async () => {
  const killed = startOpener(office);
  const { url } = await killed.answer;
  await end(killed, 'SIGKILL');
  const [orphan] = serversOf(office);
  const cluster = await open(office);
  expect(serversOf(office)).toEqual([orphan]);
  expect(cluster.url).toBe(url);
  await cluster.close();
  expect(serversOf(office)).toEqual([]);
});

test('after kill -9 of the server it is back on the same port while we work on', async () => {
  const [cluster, second] = [await open(office), await open(office)];
  const [pid = 0] = serversOf(office);
  await ask(cluster.url, `insert into ledger values ('第二封')`);
  process.kill(pid, 'SIGKILL');
  const isBack = () =>
    ask(cluster.url, 'select count(*)::int from ledger').then(
      (count) => count === 2,
      () => false,
    );
  expect(await until(isBack, 5_000)).toBe(true);
  expect(serversOf(office)).toHaveLength(1);
  await ask(cluster.url, `delete from ledger where mail = '第二封'`);
  await Promise.all([cluster.close(), second.close()]);
  expect(serversOf(office)).toEqual([]);
});

test('after kill -9 of everything, a query that still runs included', async () => {
  const killed = startOpener(office);
  const { url = '' } = await killed.answer;
  const endless = ask(url, 'select count(*) from generate_series(1, 1e12)').catch(() => 'cut');
  const clusterName = `shouli-${identify(office).id}`;
  const isBusy = () =>
    ask(url, `select count(*)::int from pg_stat_activity where query like '%1e12%'`).then((n) => n === 2);
  expect(await until(isBusy, 3_000)).toBe(true);
  await end(killed, 'SIGKILL');
  for (const pid of serversOf(office)) process.kill(pid, 'SIGKILL');
  expect(childrenOf(clusterName).length).toBeGreaterThan(0);
  const cluster = await open(office);
  expect(await ask(cluster.url, 'select mail from ledger')).toBe('寄了就放心');
  await cluster.close();
  expect(await endless).toBe('cut');
  expect(childrenOf(clusterName)).toEqual([]);
}, 20_000);

test('another container on the same volume is kept out, and let in after the first one died', async () => {
  const cluster = await open(office);
  const { pid } = noteOf(office);
  // What a second container has: other processes, other ports, other shared memory; the same folder.
  const container = ['unshare', '--pid', '--fork', '--mount-proc', '--net', '--ipc'];
  if (spawnSync(container[0] ?? '', [...container.slice(1), 'true']).status !== 0)
    return console.log('not run, no namespaces here: another container on the same volume');
  const second = startOpener(office, {}, container);
  expect((await second.answer).failure).toContain('另一个容器');
  expect(serversOf(office)).toEqual([pid]);
  expect(await ask(cluster.url, 'select 1')).toBe(1);
  await cluster.close();
  const file = join(noteOf(office).state, 'in-use');
  writeFileSync(file, 'pid:[1]');
  utimesSync(file, 1_500_000_000, 1_500_000_000);
  const later = await open(office);
  expect(await ask(later.url, 'select 1')).toBe(1);
  await later.close();
});

test.each([
  ['empty', () => ''],
  ['of a process that is gone', (pidFile: string) => pidFile.replace(/^\d+/, '4194305')],
  [
    'whose pid another process of the same user has by now',
    (pidFile: string, alien: number) => pidFile.replace(/^\d+/, String(alien)),
  ],
])('a pid file %s keeps nobody out', async (_, spoil) => {
  const cluster = await open(office);
  const { uid, gid } = statSync(noteOf(office).cluster);
  const file = join(noteOf(office).cluster, 'postmaster.pid');
  const pidFile = readFileSync(file, 'utf8');
  await cluster.close();
  const alien = spawn('sleep', ['60'], isRoot ? { uid, gid } : {});
  writeFileSync(file, spoil(pidFile, alien.pid ?? 0), { mode: 0o600 });
  if (isRoot) chownSync(file, uid, gid);
  const again = await open(office);
  expect(await ask(again.url, 'select mail from ledger')).toBe('寄了就放心');
  expect(alien.exitCode).toBeNull();
  await again.close();
  alien.kill('SIGKILL');
});

test('a server whose pid file was emptied is replaced', async () => {
  const cluster = await open(office);
  truncateSync(join(noteOf(office).cluster, 'postmaster.pid'));
  const second = await open(office);
  expect(second.url).toBe(cluster.url);
  expect(await ask(second.url, 'select mail from ledger')).toBe('寄了就放心');
  await Promise.all([second.close(), cluster.close()]);
  expect(serversOf(office)).toEqual([]);
});

test('kill -9 in the middle of making the cluster leaves nothing that the next start trips over', async () => {
  const dataDir = join(newFolder(), 'data');
  const killed = startOpener(dataDir);
  const half = join(dataDir, 'database', 'half-made', 'cluster', 'global');
  expect(await until(() => existsSync(half), 10_000)).toBe(true);
  await end(killed, 'SIGKILL');
  const cluster = await open(dataDir);
  expect(await ask(cluster.url, 'select 1')).toBe(1);
  await cluster.close();
  expect(readdirSync(join(dataDir, 'database')).sort()).toEqual(['cluster', 'leases', 'server.log']);
});

test('what is called cluster and is none is put aside, not thrown away', () => {
  const cluster = join(newFolder(), 'cluster');
  mkdirSync(join(cluster, 'base'), { recursive: true });
  expect(hasCluster(cluster, '18')).toBe(false);
  expect(existsSync(cluster)).toBe(false);
  expect(existsSync(join(`${cluster}-aside-1`, 'base'))).toBe(true);
});

test('a cluster of another major version is refused with what to do, and left as it is', async () => {
  const file = join(noteOf(office).cluster, 'PG_VERSION');
  const ours = readFileSync(file, 'utf8');
  writeFileSync(file, '17\n');
  await expect(open(office)).rejects.toMatchObject({
    kind: 'permanent',
    forPerson: expect.stringMatching(/是 PostgreSQL 17 建的，本程序带的是 PostgreSQL 18.*rebuild/),
  });
  expect(readFileSync(file, 'utf8')).toBe('17\n');
  writeFileSync(file, ours);
});

test('a cluster that will not start is told with where to read more', async () => {
  const file = join(noteOf(office).cluster, 'global', 'pg_control');
  renameSync(file, `${file}.away`);
  await expect(open(office)).rejects.toMatchObject({ forPerson: expect.stringMatching(/rebuild.*server\.log/) });
  expect(serversOf(office)).toEqual([]);
  renameSync(`${file}.away`, file);
});

test('DATA_DIR is a file', async () => {
  const dataDir = join(newFolder(), 'data');
  writeFileSync(dataDir, '');
  await expect(open(dataDir)).rejects.toMatchObject({ forPerson: expect.stringContaining('不是文件夹') });
});

test('a copy of a DATA_DIR, made by root without owners, has a database of its own', async () => {
  const copy = join(newFolder(), 'copy');
  spawnSync('cp', ['-r', office, copy]);
  const [original, other] = await Promise.all([open(office), open(copy)]);
  await ask(other.url, `insert into ledger values ('只在副本里')`);
  expect(await ask(original.url, 'select count(*)::int from ledger')).toBe(1);
  await Promise.all([original.close(), other.close()]);
});

test('indexes made by another ICU are made anew', async () => {
  const cluster = await open(office);
  await ask(cluster.url, 'create index by_mail on ledger (mail)');
  const asAdmin = cluster.url.replace('shouli:', 'postgres:');
  const before = await ask(cluster.url, `select pg_relation_filenode('by_mail')`);
  await ask(asAdmin, `update pg_database set datcollversion = '57.1' where datname = 'shouli'`);
  const next = await open(office);
  expect(await ask(next.url, `select pg_relation_filenode('by_mail')`)).not.toBe(before);
  const isCurrent =
    'select datcollversion = pg_database_collation_actual_version(oid) from pg_database where datname = current_database()';
  expect(await ask(next.url, isCurrent)).toBe(true);
  await ask(cluster.url, 'drop index by_mail');
  await Promise.all([cluster.close(), next.close()]);
});

test('the server’s log is kept from filling the disk', async () => {
  const file = join(noteOf(office).state, 'server.log');
  writeFileSync(file, 'x'.repeat(5 * 1024 * 1024));
  const cluster = await open(office);
  await cluster.close();
  expect(statSync(file).size).toBeLessThan(64 * 1024);
  expect(statSync(`${file}.1`).size).toBe(5 * 1024 * 1024);
});

test('a folder that somebody opened to everybody is put in order', async () => {
  spawnSync('chmod', ['-R', '777', office]);
  const cluster = await open(office);
  expect(await ask(cluster.url, 'select mail from ledger')).toBe('寄了就放心');
  expect(statSync(noteOf(office).cluster).mode & 0o777).toBe(0o700);
  await cluster.close();
});

test('a server that takes a connection and ends it without a word, as it does while it mends itself, is asked again', async () => {
  const cluster = await open(office);
  const { port, secretFile } = noteOf(office);
  let broken = 0;
  const door = createServer((caller) => {
    caller.on('error', () => {});
    if (broken < 4) {
      broken += 1;
      if (broken % 2 === 0)
        caller.once('data', () => caller.end()); // it has heard the name, and is gone
      else caller.end();
      return;
    }
    const server = connect(port, '127.0.0.1').on('error', () => {});
    caller.pipe(server).pipe(caller);
  }).listen(0, '127.0.0.1');
  await once(door, 'listening');
  const url = await openDatabase((door.address() as AddressInfo).port, readFileSync(secretFile, 'utf8'));
  expect(await ask(url, 'select current_database()')).toBe('shouli');
  expect(broken).toBe(4);
  door.close();
  await cluster.close();
});

test('a server that mends itself after one of its processes was killed is waited for', async () => {
  const cluster = await open(office);
  const [child = 0] = childrenOf(`shouli-${identify(office).id}`);
  process.kill(child, 'SIGKILL');
  const second = await open(office);
  expect(second.url).toBe(cluster.url);
  await Promise.all([cluster.close(), second.close()]);
});
