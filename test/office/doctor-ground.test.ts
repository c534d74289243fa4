import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { freshDatabase } from '../support/database.ts';
import { officeFolder, visit } from '../support/doctor.ts';

let database: { url: string; close: () => Promise<void> };
let folder = '';
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.close());
beforeEach(() => {
  folder = officeFolder();
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** One test under these settings, with a database that is fine unless told. */
const ask = async (name: string, given: NodeJS.Dict<string> = {}) =>
  (await visit({ DATABASE_URL: database.url, ...given }, folder, [name])).found[name];

async function say(sql: string): Promise<void> {
  const options = '-c default_transaction_read_only=off';
  const client = new pg.Client({ connectionString: database.url, options });
  await client.connect();
  await client.query(sql);
  await client.end();
}

describe('settings', () => {
  test('mistakes are told all together, the other tests go on', async () => {
    const given = { LETTERS: 'automatic', DIGEST_AT: '8:30', DATABASE_URL: database.url };
    const { found, troubles } = await visit(given, folder, ['settings', 'round', 'database', 'clock']);
    expect(troubles).toEqual(['settings']);
    expect(found.settings).toMatchObject({
      seen: '有 2 处要改',
      advice: expect.stringMatching(/LETTERS 应为其中之一.*\nDIGEST_AT 应写成.*\n设置写在 .*\.env 里/),
    });
  });

  test('a code is not sent in the clear across the net, not even by the doctor; nor shown', async () => {
    const given = { IMAP_URL: 'imap://a:QWERTYUIOP@192.0.2.1:143', SMTP_URL: 'a:QWERTYUIOP@smtp.126.com' };
    const { troubles, everything } = await visit({ ...given, DATABASE_URL: database.url }, folder, [
      ...['settings', 'mailbox', 'smtp', 'database'],
    ]);
    expect(troubles).toEqual(['settings', '(mailbox)', '(smtp)']);
    expect(everything).not.toContain('QWERTYUIOP');
  });

  test.each([
    ['IMAP_ULR=x', '.env', '不认识设置 IMAP_ULR，是不是想写 IMAP_URL？'],
    ['SMPT_URL_FILE=x', '.env', '是不是想写 SMTP_URL'],
    ['IMAP_URL=x', '.env.txt', '现在是 .env.txt，请改名'],
  ])('%s in %s', async (line, name, said) => {
    writeFileSync(join(folder, name), line);
    expect(await ask('settings')).toMatchObject({ ok: false, advice: expect.stringContaining(said) });
  });

  test.each([
    ['NODE_ENV=production\nTZ=Asia/Shanghai\nHTTP_PROXY=x', 'of other programs'],
    ['\uFEFFQUIET_MINUTES=5\r\nPOLL_SECONDS=9\r\n', 'as Notepad writes it'],
  ])('%j: lines %s are no mistake', async (lines) => {
    writeFileSync(join(folder, '.env'), lines, { mode: 0o600 });
    expect(await ask('settings')).toMatchObject({ ok: true, advice: '' });
  });

  test('a .env that everybody may read: a hint', async () => {
    writeFileSync(join(folder, '.env'), 'QUIET_MINUTES=5');
    chmodSync(join(folder, '.env'), 0o644);
    expect(await ask('settings')).toMatchObject({ ok: true, advice: expect.stringContaining('chmod 600 .env') });
  });
});

test('rules with a mistake in them: file and place are told', async () => {
  cpSync('config', join(folder, 'config'), { recursive: true });
  expect(await ask('round')).toMatchObject({ ok: true, seen: expect.stringMatching(/材料 6 项，.*7月20日前/) });
  writeFileSync(join(folder, 'config/notices/jiaozuo-craftsman-2018/roster.csv'), '推荐单位,名额\n温县总工会,2\n');
  expect(await ask('round')).toMatchObject({ ok: false, advice: expect.stringContaining('roster.csv 第1行') });
  expect(await ask('round', { NOTICE: 'jiaozuo-craftsman-2081' })).toMatchObject({
    ok: false,
    advice: expect.stringContaining('是不是“jiaozuo-craftsman-2018”'),
  });
});

describe('the data folder', () => {
  test('is made where it can be; a file in its way is told', async () => {
    expect(await ask('data_folder', { DATA_DIR: join(folder, '新的 数据/更深') })).toMatchObject({
      ok: true,
      advice: '',
    });
    writeFileSync(join(folder, 'file'), '');
    expect(await ask('data_folder', { DATA_DIR: join(folder, 'file', 'data') })).toMatchObject({
      ok: false,
      seen: expect.stringContaining('ENOTDIR'),
      advice: expect.stringContaining('DATA_DIR 的写法'),
    });
  });

  test('what holds people’s data is closed to others', async () => {
    const raw = join(folder, 'data', 'raw');
    mkdirSync(raw, { recursive: true, mode: 0o700 });
    expect((await ask('data_folder'))?.ok).toBe(true);
    chmodSync(raw, 0o755);
    expect(await ask('data_folder')).toMatchObject({
      ok: false,
      advice: expect.stringContaining(`chmod -R go= ${raw}`),
    });
  });

  test('a full disk, and one that is nearly full', async () => {
    const disk = join(folder, 'disk');
    mkdirSync(disk);
    const { status, stderr } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', disk], {
      encoding: 'utf8',
    });
    if (status !== 0) return console.log(`no small disk to fill can be made here: ${stderr ?? 'no mount'}`);
    try {
      expect(await ask('data_folder', { DATA_DIR: disk })).toMatchObject({
        ok: false,
        seen: expect.stringContaining('可用空间只有 2 MB'),
      });
      writeFileSync(join(disk, 'full'), Buffer.alloc(statfsSync(disk).bavail * statfsSync(disk).bsize));
      const full = await visit({ DATA_DIR: disk, IMAP_URL: 'file:nowhere' }, folder, ['data_folder', 'database']);
      expect(full.troubles).toEqual(['data_folder', 'database']); // the embedded database, too, has no room
      expect(full.found.data_folder).toMatchObject({ seen: expect.stringContaining('ENOSPC') });
      for (const { advice } of Object.values(full.found)) expect(advice).toContain('500 MB');
    } finally {
      spawnSync('umount', [disk]);
    }
  });
});

describe('a database server', () => {
  const changed = (change: (url: URL) => void) => {
    const url = new URL(database.url);
    change(url);
    return url.href;
  };
  test.each<[string, (url: URL) => void, string]>([
    ['a wrong password', (url) => (url.password = 'WRONGPASS1'), '用户名或密码'],
    ['no such database', (url) => (url.pathname = '/nowhere'), '没有这个数据库'],
    ['a closed port', (url) => (url.port = '1'), '数据库是否在运行'],
    ['no such server', (url) => (url.hostname = 'db.invalid'), '服务器名'],
  ])('%s', async (_, change, said) => {
    const { found, troubles, everything } = await visit({ DATABASE_URL: changed(change) }, folder, [
      ...['database', 'queue', 'balance', 'letters', 'clock'],
    ]);
    expect(troubles).toEqual(['database', '(queue)', '(balance)', '(letters)']);
    expect(found.database?.advice).toContain(said);
    expect(everything).not.toContain('WRONGPASS1');
  });

  test.each(['localhost/shouli', 'mysql://a:SESAME99@db:3306/shouli'])(
    '%s: the settings tell, nobody waits for it',
    async (url) => {
      const asked = ['settings', 'database', 'queue', 'clock'];
      const { found, troubles, everything } = await visit({ DATABASE_URL: url }, folder, asked);
      expect(troubles).toEqual(['settings', '(database)', '(queue)']);
      expect(found.settings?.advice).toContain('DATABASE_URL 应写成 postgres://');
      expect(found.database?.seen).toContain('DATABASE_URL 写错了');
      expect(everything).not.toContain('SESAME99');
      expect(existsSync(join(folder, 'data', 'database'))).toBe(false);
    },
  );

  test('read only; no right to make tables', async () => {
    const name = new URL(database.url).pathname.slice(1);
    await say(`alter database ${name} set default_transaction_read_only = on`);
    expect(await ask('database')).toMatchObject({ ok: false, advice: expect.stringContaining('只能读') });
    await say(`alter database ${name} reset default_transaction_read_only`);
    await say(`alter role ${new URL(database.url).username} in database ${name} set search_path = nowhere`);
    expect(await ask('database')).toMatchObject({ ok: false, advice: expect.stringContaining('建表的权限') });
    await say(`alter role ${new URL(database.url).username} in database ${name} reset search_path`);
    expect(await ask('database')).toMatchObject({ ok: true, seen: expect.stringContaining('PostgreSQL 18') });
  });
});

describe('Redis', () => {
  const isThere = existsSync('/usr/bin/redis-server');
  let redis: ChildProcess | null = null;
  afterEach(() => void redis?.kill());

  async function start(...words: string[]): Promise<string> {
    const port = await freePort();
    redis = spawn('redis-server', ['--port', String(port), '--dir', folder, '--save', '', ...words], {
      stdio: 'ignore',
    });
    const url = `redis://:SESAME99@127.0.0.1:${port}`;
    for (let tries = 0; tries < 100 && (await ask('queue', { REDIS_URL: url }))?.seen.includes('ECONNREFUSED'); tries++)
      await sleep(50);
    return url;
  }

  test('no address at all: the settings tell', async () => {
    const { found, troubles } = await visit({ DATABASE_URL: database.url, REDIS_URL: 'http://h' }, folder, [
      ...['settings', 'queue'],
    ]);
    expect(troubles).toEqual(['settings', '(queue)']);
    expect(found.settings?.advice).toContain('REDIS_URL 应写成 redis://');
  });

  test('nobody at its address', async () => {
    expect(await ask('queue', { REDIS_URL: 'redis://:SESAME99@127.0.0.1:1' })).toMatchObject({
      ok: false,
      seen: expect.stringContaining('ECONNREFUSED'),
      advice: expect.stringContaining('REDIS_URL'),
    });
  });

  test.each([
    [['--requirepass', 'SESAME99', '--appendonly', 'yes'], true, ''],
    [['--requirepass', 'SESAME99'], true, 'AOF'],
    [['--requirepass', 'SESAME99', '--maxmemory', '50mb', '--maxmemory-policy', 'allkeys-lru'], false, 'noeviction'],
    [['--requirepass', 'another'], false, '密码'],
  ])('%j: fine %s, says %j', async (words, fine, said) => {
    if (!isThere) return console.log('redis-server is not installed (apt-get install redis-server): left out');
    const url = await start(...words);
    const found = await ask('queue', { REDIS_URL: url });
    expect(found).toMatchObject({ ok: fine, advice: said === '' ? '' : expect.stringContaining(said) });
    expect(JSON.stringify(found)).not.toContain('SESAME99');
  });
});

test('a Redis that takes the call and says nothing is named', async () => {
  const hung = createServer((socket) => socket.resume()).listen(0, '127.0.0.1');
  await new Promise((resolve) => hung.once('listening', resolve));
  const { port } = hung.address() as AddressInfo;
  const found = await ask('queue', { REDIS_URL: `redis://127.0.0.1:${port}` });
  expect(found).toMatchObject({ ok: false, seen: expect.stringContaining(`Redis 127.0.0.1:${port} 没有通过`) });
  await new Promise((resolve) => hung.close(resolve));
}, 15_000);

describe('the console’s port', () => {
  test('free, taken, not ours', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const CONSOLE_PORT = String((taken.address() as AddressInfo).port);
    expect(await ask('console_port', { CONSOLE_PORT })).toMatchObject({
      ok: false,
      advice: expect.stringContaining('被别的程序占用'),
    });
    await new Promise((resolve) => taken.close(resolve));
    expect((await ask('console_port', { CONSOLE_PORT }))?.ok).toBe(true);
    expect(await ask('console_port', { CONSOLE_PORT, CONSOLE_HOST: '192.0.2.1' })).toMatchObject({
      ok: false,
      advice: expect.stringContaining('不是本机的地址'),
    });
  });
});

test('no mailbox set: the rehearsal is what runs, and the way to the real one stands there', async () => {
  const { found, troubles } = await visit({}, folder);
  expect(troubles).toEqual([]);
  expect(found.mailbox).toMatchObject({
    seen: expect.stringContaining('播放的是演练'),
    advice: expect.stringContaining('IMAP_URL=imaps://jzghscb%40126.com:授权码@imap.126.com:993'),
  });
  expect(existsSync(join(folder, 'data', 'database.json'))).toBe(false); // no real round was begun by looking
  expect(existsSync(join(folder, 'data', 'rehearsal', 'database.json'))).toBe(true);
});

test('no mailbox set where a real round was begun: the .env is missing', async () => {
  expect(await ask('mailbox')).toMatchObject({ ok: false, advice: expect.stringContaining('.env') });
});

test('a folder of mails in place of a server', async () => {
  writeFileSync(join(folder, '1.eml'), 'Subject: x\r\n\r\n');
  const given = { IMAP_URL: `file:${folder}`, SMTP_URL: `file:${join(folder, 'outbox')}`, DATABASE_URL: database.url };
  const { found, troubles } = await visit(given, folder, ['mailbox', 'smtp', 'balance']);
  expect(troubles).toEqual([]);
  expect(found.mailbox?.seen).toContain('INBOX 1 封');
  expect((await ask('mailbox', { IMAP_URL: 'file:/nowhere' }))?.advice).toContain('IMAP_URL 里的路径');
});

test('everything wrong at once: every test still answers', async () => {
  const given = {
    NOTICE: '没有这一批',
    IMAP_URL: 'imap://a:b2b2@127.0.0.1:1',
    DATABASE_URL: 'postgres://a:b2b2@127.0.0.1:1/x',
    REDIS_URL: 'redis://127.0.0.1:1',
    CONSOLE_HOST: '192.0.2.1',
  };
  const { found, troubles } = await visit(given, folder);
  expect(Object.keys(found)).toHaveLength(15);
  expect(troubles).toEqual([
    ...['round', 'database', 'queue', 'mailbox', 'smtp', '(office)', '(balance)', '(letters)', '(failed_work)'],
    ...['(alarms)', 'console_port'],
  ]);
  for (const name of troubles.filter((each) => !each.startsWith('('))) expect(found[name]?.advice).not.toBe('');
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
