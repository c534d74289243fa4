import { rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { machineNow } from '../../src/clock.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { freshDatabase } from '../support/database.ts';
import { officeFolder, visit } from '../support/doctor.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';

const user = 'jzghscb@126.com';
const code = 'QWERTYUIOPASDFGH';
const daysAgo = (days: number) => new Date(machineNow().getTime() - days * 86_400_000);
const raw = Buffer.from('Subject: hello\r\nFrom: a@b.invalid\r\n\r\nbody\r\n');
const mailTests = ['mailbox', 'smtp', 'balance'];

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
  imap = await startNeteaseServer({ user, code });
  smtp = await startScriptedSmtp();
});
afterEach(async () => {
  await imap.close();
  await smtp.close();
});

const smtpUrl = () => `smtp://${encodeURIComponent(user)}:${code}@127.0.0.1:${smtp.port}`;
const settings = () => ({ DATABASE_URL: database.url, IMAP_URL: imap.url, SMTP_URL: smtpUrl() });

test('a mailbox that works: nothing to do, nothing changed, one login', async () => {
  imap.deliver({ raw, receivedAt: daysAgo(40) });
  imap.deliver({ raw, receivedAt: daysAgo(1), folder: '垃圾邮件' });
  const { found, troubles } = await visit(settings(), folder);
  expect(troubles).toEqual([]);
  expect(found.mailbox).toMatchObject({
    seen: expect.stringMatching(/^jzghscb@126\.com 可以打开：INBOX 1 封，.*垃圾邮件 1 封/),
    advice: '',
  });
  expect(found.smtp).toMatchObject({ seen: expect.stringContaining('可以登录'), advice: '' });
  expect(found.balance?.seen).toBe('这个邮箱还没有收过信，启动后开始');
  expect(imap.log.filter(({ name }) => name === 'LOGIN')).toHaveLength(1);
  expect(imap.changesAsked()).toBe(0);
  expect(smtp.commands).not.toContainEqual(expect.stringMatching(/^MAIL/));
});

test('refused logins of the doctor count with those of the office: six an hour, and then it says so without trying', async () => {
  imap.script.refuseLogin = true;
  const tried = () => imap.log.filter(({ name }) => name === 'LOGIN').length;
  for (let time = 0; time < 6; time++) await visit(settings(), folder, ['mailbox']);
  expect(tried()).toBe(6);
  const { found } = await visit(settings(), folder, ['mailbox']);
  expect(tried()).toBe(6);
  expect(found.mailbox).toMatchObject({
    ok: false,
    seen: expect.stringContaining('登录被拒绝（一小时内已 6 次，这次没有再试）'),
    advice: expect.stringMatching(/以前不再试登录/),
  });
});

describe('what the mail server may have against us', () => {
  test.each([
    ['refuseLogin', '登录被拒绝', '授权码（不是网页登录密码）'],
    ['imapOff', 'IMAP 服务没有开启', '开启“IMAP/SMTP 服务”'],
    ['alwaysUnsafe', '能登录，打不开文件夹', '网易客服'],
  ] as const)('%s', async (knob, seen, advice) => {
    imap.script[knob] = true;
    const { found, troubles, everything } = await visit(settings(), folder, mailTests);
    expect(found.mailbox).toMatchObject({
      ok: false,
      seen: expect.stringContaining(seen),
      advice: expect.stringContaining(advice),
    });
    expect(troubles).toEqual(['mailbox', '(balance)']);
    expect(everything).not.toContain(code);
  });

  test('the code is hidden also where a server repeats it', async () => {
    smtp.script({ at: 'auth', reply: `535 Error: authentication failed for ${code}` });
    const { found, everything } = await visit(settings(), folder, mailTests);
    expect(found.smtp).toMatchObject({
      ok: false,
      seen: expect.stringMatching(/535 .*\*\*\*/),
      advice: expect.stringContaining('SMTP_URL 里的帐号或授权码不对'),
    });
    expect(everything).not.toContain(code);
  });
});

describe('what the network may have against us', () => {
  let silent: Server;
  let port = 0;
  beforeAll(async () => {
    silent = createServer(() => {}).listen(0, '127.0.0.1');
    await new Promise((resolve) => silent.once('listening', resolve));
    port = (silent.address() as AddressInfo).port;
  });
  afterAll(() => void silent.close());

  test('nobody answers, as behind a firewall, or not to the login: told in time, not waited for', async () => {
    const [IMAP_URL, SMTP_URL] = [`imap://a:b2b2@127.0.0.1:${port}`, `smtp://a:b2b2@127.0.0.1:${port}`];
    imap.script.delays = { LOGIN: 60_000 };
    const started = performance.now();
    const [silence, slow] = await Promise.all([
      visit({ DATABASE_URL: database.url, IMAP_URL, SMTP_URL }, folder, mailTests),
      visit(settings(), folder, mailTests),
    ]);
    expect(performance.now() - started).toBeLessThan(12_000);
    expect(silence.troubles).toEqual(['mailbox', 'smtp', '(balance)']);
    expect(slow.troubles).toEqual(['mailbox', '(balance)']);
    for (const { mailbox } of [silence.found, slow.found])
      expect(mailbox).toMatchObject({
        seen: expect.stringContaining('连不上'),
        advice: expect.stringContaining('防火墙是否放行端口 993'),
      });
    expect(silence.found.smtp).toMatchObject({
      seen: expect.stringContaining('ETIMEDOUT'),
      advice: expect.stringContaining('网络'),
    });
  });

  test('a closed port', async () => {
    await imap.close();
    const { found } = await visit(settings(), folder, mailTests);
    expect(found.mailbox?.seen).toMatch(/连不上（.*ECONNREFUSED/);
    imap = await startNeteaseServer();
  });

  test('TLS where none is spoken', async () => {
    const given = { IMAP_URL: imap.url.replace('imap:', 'imaps:'), SMTP_URL: smtpUrl().replace('smtp:', 'smtps:') };
    const { found } = await visit({ ...settings(), ...given }, folder, mailTests);
    expect(found.mailbox).toMatchObject({
      seen: expect.stringContaining('加密连接建立不起来'),
      advice: expect.stringContaining('端口（993）'),
    });
    expect(found.smtp).toMatchObject({ ok: false, advice: expect.stringContaining('加密') });
  });

  test('a server name that does not exist', async () => {
    const given = { IMAP_URL: 'imaps://a:b2b2@imap.invalid:993', SMTP_URL: 'smtps://a:b2b2@smtp.invalid:465' };
    const { found } = await visit({ ...settings(), ...given }, folder, mailTests);
    expect(found.mailbox).toMatchObject({ ok: false, advice: expect.stringContaining('服务器名和端口') });
    expect(found.smtp).toMatchObject({ ok: false, advice: expect.stringContaining('服务器名') });
  });
});

describe('收取最近30天邮件', () => {
  test.each([
    [26.9, false],
    [29.5, true],
    [31.1, false],
  ])('the oldest mail that is shown is %d days old: hint %s', async (days, hinted) => {
    imap.deliver({ raw, receivedAt: daysAgo(45) });
    imap.deliver({ raw, receivedAt: daysAgo(days) });
    imap.script.hideBefore = daysAgo(days + 0.1);
    const { mailbox } = (await visit(settings(), folder, ['mailbox'])).found;
    expect([mailbox?.ok, mailbox?.advice.includes('收取全部邮件')]).toEqual([true, hinted]);
  });
});

describe('addresses that do not fit', () => {
  test('letters come from another address than the account', async () => {
    const given = { ...settings(), MAIL_FROM: '工会 <gonghui@example.com>' };
    expect((await visit(given, folder, ['smtp'])).found.smtp).toMatchObject({
      ok: true,
      seen: expect.stringContaining('gonghui@example.com'),
      advice: expect.stringMatching(/MAIL_FROM=.*<jzghscb@126\.com>/),
    });
  });

  test('the mailbox watched is not the one that the notice tells', async () => {
    const other = await startNeteaseServer({ user: 'other@126.com' });
    const { found } = await visit({ ...settings(), IMAP_URL: other.url }, folder, ['mailbox']);
    expect(found.mailbox).toMatchObject({
      ok: true,
      advice: expect.stringContaining('通知公布的邮箱是 jzghscb@126.com'),
    });
    await other.close();
  });
});

test('no SMTP_URL: letters would stay, unless none is to be written', async () => {
  const given = { DATABASE_URL: database.url, IMAP_URL: imap.url };
  expect((await visit(given, folder, ['smtp'])).found.smtp).toMatchObject({
    ok: false,
    advice: expect.stringContaining('SMTP_URL=smtps://'),
  });
  expect((await visit({ ...given, LETTERS: 'observe' }, folder, ['smtp'])).found.smtp?.ok).toBe(true);
});

describe('the clock', () => {
  test.each([
    [4, true],
    [6, false],
  ])('the newest mail came %d minutes from now: fine %s', async (minutes, fine) => {
    imap.deliver({ raw, receivedAt: daysAgo(-minutes / 24 / 60) });
    expect((await visit(settings(), folder, ['clock'])).found.clock?.ok).toBe(fine);
  });

  test('NOW is for trying out', async () => {
    expect((await visit({ ...settings(), NOW: '2018-07-10' }, folder, ['clock'])).found.clock).toMatchObject({
      ok: false,
      advice: expect.stringContaining('删去 NOW'),
    });
  });
});
