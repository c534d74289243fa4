import { rmSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { machineNow } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { takeOfficeLock } from '../../src/store/office-lock.ts';
import { raiseAlarm, remember } from '../../src/store/office-state.ts';
import { freshDatabase } from '../support/database.ts';
import { officeFolder, troubles, visit } from '../support/doctor.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';

const code = 'QWERTYUIOPASDFGH';
const dayMs = 86_400_000;
const daysAgo = (days: number) => new Date(machineNow().getTime() - days * dayMs);
const raw = Buffer.from('Subject: hello\r\nFrom: a@b.invalid\r\n\r\nbody\r\n');

let database: { url: string; close: () => Promise<void> };
let imap: NeteaseServer;
let smtp: ScriptedSmtp;
let folder = '';
beforeAll(async () => {
  database = await freshDatabase();
  folder = officeFolder();
});
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});
beforeEach(async () => {
  imap = await startNeteaseServer({ user: 'jzghscb@126.com', code });
  smtp = await startScriptedSmtp();
});
afterEach(async () => {
  await imap.close();
  await smtp.close();
});

const smtpUrl = () => `smtp://jzghscb%40126.com:${code}@127.0.0.1:${smtp.port}`;
const settings = () => ({ DATABASE_URL: database.url, IMAP_URL: imap.url, SMTP_URL: smtpUrl() });

test('a mailbox that works: nothing to do, nothing changed, one login', async () => {
  imap.deliver({ raw, receivedAt: daysAgo(40) });
  imap.deliver({ raw, receivedAt: daysAgo(1), folder: '垃圾邮件' });
  const found = await visit(settings(), folder);
  expect(troubles(found)).toEqual([]);
  expect(found.mailbox).toMatchObject({
    seen: expect.stringMatching(/jzghscb@126\.com 可以打开：INBOX 1 封，.*垃圾邮件 1 封/),
    advice: '',
  });
  expect(found.smtp).toMatchObject({ seen: expect.stringContaining('可以登录'), advice: '' });
  expect(found.balance?.seen).toBe('这个邮箱还没有收过信，启动后开始');
  expect(imap.changesAsked()).toBe(0);
  expect(imap.log.filter(({ name }) => name === 'LOGIN')).toHaveLength(1);
  expect(smtp.commands).not.toContainEqual(expect.stringMatching(/^MAIL/));
});

describe('what the mail server may have against us', () => {
  test.each([
    ['refuseLogin', '登录被拒绝', '授权码（不是网页登录密码）'],
    ['imapOff', 'IMAP 服务没有开启', '开启“IMAP/SMTP 服务”'],
    ['alwaysUnsafe', '能登录，打不开文件夹', '网易客服'],
  ] as const)('%s', async (knob, seen, advice) => {
    imap.script[knob] = true;
    const found = await visit(settings(), folder);
    expect(found.mailbox).toMatchObject({
      ok: false,
      seen: expect.stringContaining(seen),
      advice: expect.stringContaining(advice),
    });
    expect(troubles(found)).toEqual(['mailbox', '(balance)']);
    expect(JSON.stringify(found)).not.toContain(code);
  });

  test('the code is hidden also where a server repeats it', async () => {
    smtp.script({ at: 'auth', reply: `535 Error: authentication failed for ${code}` });
    const found = await visit(settings(), folder);
    expect(found.smtp).toMatchObject({
      ok: false,
      seen: expect.stringMatching(/535 .*\*\*\*/),
      advice: expect.stringContaining('SMTP_URL 里的帐号或授权码不对'),
    });
    expect(JSON.stringify(found)).not.toContain(code);
  });
});

describe('what the network may have against us', () => {
  let silent: Server;
  let port = 0;
  beforeAll(async () => {
    silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    port = (silent.address() as { port: number }).port;
  });
  afterAll(() => void silent.close());

  test('a port that nobody answers on, as behind a firewall: told in time, not waited for', async () => {
    const started = performance.now();
    const found = await visit(
      {
        DATABASE_URL: database.url,
        IMAP_URL: `imap://a:b2b2@127.0.0.1:${port}`,
        SMTP_URL: `smtp://a:b2b2@127.0.0.1:${port}`,
      },
      folder,
    );
    expect(performance.now() - started).toBeLessThan(12_000);
    expect(troubles(found)).toEqual(['mailbox', 'smtp', '(balance)']);
    expect(found.mailbox).toMatchObject({
      seen: expect.stringContaining('连不上'),
      advice: expect.stringContaining('防火墙是否放行端口 993'),
    });
  });

  test('a closed port; TLS where none is spoken; a name that does not exist', async () => {
    await imap.close();
    const closed = await visit(settings(), folder);
    expect(closed.mailbox?.seen).toMatch(/连不上（.*ECONNREFUSED/);
    imap = await startNeteaseServer();
    const plain = { IMAP_URL: imap.url.replace('imap:', 'imaps:'), SMTP_URL: smtpUrl().replace('smtp:', 'smtps:') };
    const found = await visit({ ...settings(), ...plain }, folder);
    expect(found.mailbox).toMatchObject({
      seen: expect.stringContaining('加密连接建立不起来'),
      advice: expect.stringContaining('端口（993）'),
    });
    expect(found.smtp).toMatchObject({ ok: false, advice: expect.stringContaining('加密') });
    const nowhere = await visit({ ...settings(), IMAP_URL: 'imaps://a:b2b2@imap.invalid:993' }, folder);
    expect(nowhere.mailbox).toMatchObject({ ok: false, advice: expect.stringContaining('服务器名和端口') });
  });
});

describe('收取最近30天邮件', () => {
  test.each([
    [26.9, false],
    [29.5, true],
    [31.1, false],
  ])('the oldest mail is %d days old: hint %s', async (days, hinted) => {
    imap.deliver({ raw, receivedAt: daysAgo(45) });
    imap.deliver({ raw, receivedAt: daysAgo(days) });
    imap.script.hideBefore = daysAgo(days + 0.1);
    const { mailbox } = await visit(settings(), folder);
    expect([mailbox?.ok, mailbox?.advice.includes('收取全部邮件')]).toEqual([true, hinted]);
  });
});

test('another sender than the account, another mailbox than the notice tells: hints', async () => {
  const found = await visit({ ...settings(), MAIL_FROM: '工会 <gonghui@example.com>' }, folder);
  expect(found.smtp).toMatchObject({
    ok: true,
    seen: expect.stringContaining('gonghui@example.com'),
    advice: expect.stringContaining('MAIL_FROM='),
  });
  const other = await startNeteaseServer({ user: 'other@126.com' });
  expect((await visit({ ...settings(), IMAP_URL: other.url }, folder)).mailbox).toMatchObject({
    ok: true,
    advice: expect.stringContaining('通知公布的邮箱是 jzghscb@126.com'),
  });
  await other.close();
});

describe('beside an office at work', () => {
  let office: TestOffice;
  const own = () => ({
    ...settings(),
    DATABASE_URL: office.databaseUrl,
    DATA_DIR: office.settings.dataDir,
  });
  beforeEach(async () => {
    office = await openTestOffice({ IMAP_URL: imap.url, SMTP_URL: smtpUrl() }, '2018-07-10T09:00:00+08:00');
    imap.deliver({ raw, receivedAt: new Date('2018-07-09T09:00:00+08:00') });
    await office.work();
  });
  afterEach(() => office.close());

  test('its lock is seen and not taken, the mail server hears nothing of us, unless asked for', async () => {
    const lock = await takeOfficeLock(office.databaseUrl, silentLog, () => {});
    const connections = imap.openConnections();
    const logins = () => imap.log.filter(({ name }) => name === 'LOGIN').length;
    const before = logins();
    const found = await visit(own(), folder);
    expect(troubles(found)).toEqual([]);
    expect(found.office?.seen).toMatch(/^受理系统正在运行（\d{4}年/);
    expect(found.mailbox?.seen).toBe('受理系统正在运行，刚刚收过信');
    expect([imap.openConnections(), logins(), smtp.connections()]).toEqual([connections, before, 0]);
    const deep = await visit(own(), folder, true);
    expect(deep.mailbox?.seen).toContain('可以打开');
    expect([logins(), smtp.connections()]).toEqual([before + 1, 1]);
    await lock?.release();
    expect((await visit(own(), folder)).office).toMatchObject({ ok: true, seen: '没有在运行' });
  });

  test('one that cannot read its mailbox, or has not for long', async () => {
    const lock = await takeOfficeLock(office.databaseUrl, silentLog, () => {});
    await raiseAlarm(office.db, 'mailbox', '邮箱服务器不接受帐号或授权码。');
    const found = await visit(own(), folder);
    expect(troubles(found)).toEqual(['mailbox', 'alarms']);
    expect(found.mailbox?.advice).toContain('邮箱服务器不接受帐号或授权码。');
    await office.alarm('mailbox', null);
    await office.db
      .updateTable('office_state')
      .set({ at: daysAgo(0.01) })
      .where('name', '=', 'last_poll')
      .execute();
    expect((await visit(own(), folder)).mailbox).toMatchObject({
      ok: false,
      seen: expect.stringContaining('已有 14 分钟没有收成'),
    });
    await lock?.release();
    await office.db
      .updateTable('office_state')
      .set({ at: daysAgo(3.5) })
      .where('name', '=', 'last_poll')
      .execute();
    expect((await visit(own(), folder)).office).toMatchObject({ ok: false, seen: '没有在运行，已有 3 天没有收信' });
  });

  test('server and ledger: equal, a mail not fetched yet, one that staff moved away', async () => {
    expect((await visit(own(), folder)).balance).toMatchObject({ ok: true, seen: '邮箱 1 封，台账 1 封，一致' });
    const uid = imap.deliver({ raw: Buffer.concat([raw, raw]), receivedAt: daysAgo(1) });
    expect((await visit(own(), folder)).balance).toMatchObject({
      ok: false,
      seen: 'INBOX 邮箱 2 封、台账 1 封',
      advice: expect.stringContaining('npm start'),
    });
    await office.work();
    imap.moveMail(uid, '已删除');
    expect((await visit(own(), folder)).balance).toMatchObject({
      ok: false,
      seen: 'INBOX 邮箱 1 封、台账 2 封',
      advice: expect.stringContaining('移走或删除'),
    });
  });

  test('letters stopped, paused; work that failed; alarms of an office that is gone', async () => {
    await remember(office.db, 'letters_stopped', '人工停止');
    expect((await visit(own(), folder)).letters).toMatchObject({
      ok: false,
      seen: '发信已停止：人工停止',
      advice: expect.stringContaining('npx shouli resume'),
    });
    await office.db.deleteFrom('office_state').where('name', '=', 'letters_stopped').execute();
    await remember(office.db, 'outbox_paused_until', daysAgo(-0.1).toISOString());
    await office.db.updateTable('message').set({ fate: 'failed', stage: '读取和登记', reason: '磁盘已满' }).execute();
    await raiseAlarm(office.db, 'disk', '磁盘快满了');
    const found = await visit(own(), folder);
    expect(troubles(found)).toEqual(['letters', 'failed_work']);
    expect(found.letters?.seen).toContain('暂时不让发信');
    expect(found.failed_work).toMatchObject({
      seen: '1 项没有做成',
      advice: expect.stringMatching(/读取和登记：磁盘已满\n.*npx shouli rerun --failed/),
    });
    expect(found.alarms).toMatchObject({ ok: true, advice: expect.stringContaining('磁盘快满了') });
  });
});

describe('the clock', () => {
  test.each([
    [4, true],
    [6, false],
  ])('mail that came %d minutes from now: fine %s', async (minutes, fine) => {
    imap.deliver({ raw, receivedAt: daysAgo(-minutes / 24 / 60) });
    expect((await visit(settings(), folder)).clock?.ok).toBe(fine);
  });
  test('NOW is for trying out', async () => {
    expect((await visit({ ...settings(), NOW: '2018-07-10' }, folder)).clock).toMatchObject({
      ok: false,
      advice: expect.stringContaining('删去 NOW'),
    });
  });
});
