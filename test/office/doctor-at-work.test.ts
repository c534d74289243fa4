import { rmSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { machineNow } from '../../src/clock.ts';
import { silentLog } from '../../src/log.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { type OfficeLock, takeOfficeLock } from '../../src/store/office-lock.ts';
import { clearAlarm, forget, raiseAlarm, remember } from '../../src/store/office-state.ts';
import { officeFolder, visit } from '../support/doctor.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';

const daysFromNow = (days: number) => new Date(machineNow().getTime() + days * 86_400_000);
const raw = Buffer.from('Subject: hello\r\nFrom: a@b.invalid\r\n\r\nbody\r\n');

let folder = '';
let imap: NeteaseServer;
let smtp: ScriptedSmtp;
let office: TestOffice;
let lock: OfficeLock | null = null;
beforeAll(async () => {
  folder = officeFolder();
  imap = await startNeteaseServer({ user: 'jzghscb@126.com' });
  smtp = await startScriptedSmtp();
  const mail = { IMAP_URL: imap.url, SMTP_URL: `smtp://jzghscb%40126.com:code@127.0.0.1:${smtp.port}` };
  office = await openTestOffice(mail, '2018-07-10T09:00:00+08:00');
  imap.deliver({ raw, receivedAt: new Date('2018-07-09T09:00:00+08:00') });
  await office.work();
});
afterEach(async () => {
  await lock?.release();
  lock = null;
});
afterAll(async () => {
  await office.close();
  await imap.close();
  await smtp.close();
  rmSync(folder, { recursive: true });
});

/** The doctor beside this office, in a process that has the same settings. */
function look(asked: string[] = [], isDeep = false) {
  const { imapUrl, smtpUrl, dataDir } = office.settings;
  const same = {
    IMAP_URL: imapUrl ?? '',
    SMTP_URL: smtpUrl ?? '',
    DATA_DIR: dataDir,
    DATABASE_URL: office.databaseUrl,
  };
  return visit(same, folder, asked, isDeep);
}

const runs = async () => {
  lock = await takeOfficeLock(office.databaseUrl, silentLog, () => {});
};
const logins = () => imap.log.filter(({ name }) => name === 'LOGIN').length;
const polledAt = (at: Date) =>
  office.db.updateTable('office_state').set({ at }).where('name', '=', 'last_poll').execute();

test('the mail servers hear nothing of us beside an office that runs, unless asked for', async () => {
  await runs();
  const before = logins();
  const { found, troubles } = await look();
  expect(troubles).toEqual([]);
  expect(found.office?.seen).toMatch(/^受理系统正在运行（\d{4}年/);
  expect(found.mailbox).toMatchObject({
    seen: '受理系统正在运行，刚刚收过信',
    advice: expect.stringContaining('--deep'),
  });
  expect([logins(), smtp.connections()]).toEqual([before, 0]);
  const deep = await look(['mailbox', 'smtp'], true);
  expect(deep.found.mailbox?.seen).toContain('可以打开');
  expect([logins(), smtp.connections()]).toEqual([before + 1, 1]);
});

test('looking does not take the lock: an office that starts meanwhile gets it', async () => {
  const looking = look(['office']);
  const taken = await takeOfficeLock(office.databaseUrl, silentLog, () => {});
  await looking;
  expect(taken).not.toBeNull();
  await taken?.release();
  expect((await look(['office'])).found.office).toMatchObject({ ok: true, seen: '没有在运行' });
});

test('an office that cannot read its mailbox says so by its alarm; one that is gone may have left it', async () => {
  await raiseAlarm(office.db, 'mailbox', '邮箱服务器不接受帐号或授权码。');
  expect(await look(['mailbox', 'alarms'])).toMatchObject({
    troubles: [],
    found: { alarms: { advice: expect.stringMatching(/^邮箱服务器不接受帐号或授权码。\n已经解决的/) } },
  });
  await runs();
  expect(await look(['mailbox', 'alarms'])).toMatchObject({
    troubles: ['mailbox', 'alarms'],
    found: { mailbox: { advice: '邮箱服务器不接受帐号或授权码。' } },
  });
  await clearAlarm(office.db, 'mailbox');
});

test('an office whose polls have ceased; a day without any office', async () => {
  await polledAt(daysFromNow(-9 / 24 / 60));
  await runs();
  expect((await look(['mailbox'])).found.mailbox).toMatchObject({
    ok: false,
    seen: expect.stringContaining('已有 9 分钟'),
  });
  await polledAt(daysFromNow(-4 / 24 / 60)); // five minutes are allowed, as `health` does
  expect((await look(['mailbox'])).found.mailbox?.ok).toBe(true);
  await lock?.release();
  lock = null;
  await polledAt(daysFromNow(-0.9));
  expect((await look(['office'])).found.office?.ok).toBe(true);
  await polledAt(daysFromNow(-3.5));
  expect((await look(['office'])).found.office).toMatchObject({ ok: false, seen: '没有在运行，已有 3 天没有收信' });
});

test('server and ledger: equal, a mail not fetched yet, one that staff moved away', async () => {
  expect((await look(['balance'])).found.balance).toMatchObject({ ok: true, seen: '邮箱 1 封，台账 1 封，一致' });
  const uid = imap.deliver({ raw: Buffer.concat([raw, raw]), receivedAt: daysFromNow(-1) });
  expect((await look(['balance'])).found.balance).toMatchObject({
    ok: false,
    seen: 'INBOX 邮箱 2 封、台账 1 封',
    advice: expect.stringContaining('npm start'),
  });
  await office.work();
  imap.moveMail(uid, '已删除');
  expect((await look(['balance'])).found.balance).toMatchObject({
    ok: false,
    seen: 'INBOX 邮箱 1 封、台账 2 封',
    advice: expect.stringContaining('移走或删除'),
  });
});

describe('what waits for a person', () => {
  test('letters stopped', async () => {
    await remember(office.db, 'letters_stopped', '人工停止');
    expect((await look(['letters'])).found.letters).toMatchObject({
      ok: false,
      seen: '发信已停止：人工停止',
      advice: expect.stringContaining('npx shouli resume'),
    });
    await forget(office.db, 'letters_stopped');
  });

  test.each([
    [1, false],
    [-1, true],
  ])('letters paused until %d hours from now: fine %s', async (hours, fine) => {
    await remember(office.db, 'outbox_paused_until', daysFromNow(hours / 24).toISOString());
    expect((await look(['letters'])).found.letters?.ok).toBe(fine);
  });

  test('work that failed, with its reasons', async () => {
    expect((await look(['failed_work'])).found.failed_work).toMatchObject({ ok: true, seen: '没有' });
    await office.db.updateTable('message').set({ fate: 'failed', stage: '读取和登记', reason: '磁盘已满' }).execute();
    expect((await look(['failed_work'])).found.failed_work).toMatchObject({
      ok: false,
      seen: '2 项没有做成',
      advice: expect.stringMatching(/^读取和登记：磁盘已满\n.*npx shouli rerun --failed/),
    });
  });
});
