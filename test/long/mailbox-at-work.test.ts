import { afterEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { takeBalance } from '../../src/office/balance.ts';
import { startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { isBalanced } from '../../src/reports/balance.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { alarmsSince } from '../../src/store/office-state.ts';
import { untilIdle } from '../../workers/at-work.ts';
import { poll } from '../../workers/poll.ts';
import { arrives, at, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { unionMail } from '../support/office-mailbox.ts';
import { startScriptedImap } from '../support/scripted-imap.ts';
import { startScriptedSmtp } from '../support/scripted-smtp.ts';
import { until } from '../support/until.ts';

const open: { close: () => Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});
const opened = <T extends { close: () => Promise<void> }>(each: T): T => {
  open.push(each);
  return each;
};
const office = async (given: NodeJS.Dict<string>): Promise<TestOffice> =>
  opened(await openTestOffice({ LETTERS: 'auto', QUIET_MINUTES: '0', ...given }, at('09 08:00').toISOString()));
const scripted = async () => {
  const server = await startScriptedImap();
  open.push({ close: server.stop });
  return server;
};

const mailboxAlarms = async (office: TestOffice) =>
  (await alarmsSince(office.db, new Date(0))).filter(({ kind }) => kind === 'mailbox');

test('no answer after DATA, and the letter lies in 已发送: it counts as sent and goes no second time', async () => {
  const [server, smtp] = [opened(await startNeteaseServer()), opened(await startScriptedSmtp())];
  const at126 = await office({ IMAP_URL: server.url, SMTP_URL: smtp.url });
  smtp.script({ at: 'letter', drop: true, keep: true });
  await arrives(at126, server, '09 10:00:00', persona('complete-in-one-mail'));
  const [copy] = smtp.delivered;
  if (!copy) throw new Error('no letter was taken');
  server.deliver({ raw: copy.raw, receivedAt: at('09 10:00:01'), folder: '已发送' });
  await at126.db.updateTable('letter').set({ next_try_at: null }).execute();
  await at126.work();
  expect(smtp.delivered).toHaveLength(1);
  expect(await listLetters(at126.db)).toMatchObject([{ state: 'sent', attempts: 2 }]);
});

test('the books are lost and the mailbox is read anew: what lies in 已发送 goes no second time, new mail is answered', async () => {
  const [server, smtp] = [opened(await startNeteaseServer()), opened(await startScriptedSmtp())];
  const settings = { IMAP_URL: server.url, SMTP_URL: smtp.url };
  const before = await openTestOffice(
    { LETTERS: 'auto', QUIET_MINUTES: '0', ...settings },
    at('09 08:00').toISOString(),
  );
  await arrives(before, server, '09 10:00:00', persona('complete-in-one-mail'));
  await before.close();
  for (const { raw } of smtp.delivered) server.deliver({ raw, receivedAt: at('09 10:00:01'), folder: '已发送' });
  const anew = await office(settings);
  await arrives(anew, server, '09 11:00:00', persona('all-in-one-gbk-zip'));
  const told = (await listLetters(anew.db)).map(({ state, messageId }) => [state, messageId]);
  expect(smtp.delivered.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString())?.[1])).toEqual(
    told.map(([, messageId]) => messageId),
  );
  expect(told.map(([state]) => state)).toEqual(['sent', 'sent']);
});

test('a whole folder vanishes: the balance adds up by folder and by fate', async () => {
  const server = await scripted();
  const at126 = await office({ IMAP_URL: server.url });
  server.folders.set('Junk', {
    uidValidity: 5,
    mails: [{ uid: 9, raw: Buffer.from(unionMail('垃圾')), at: at('09 08:00') }],
  });
  server.arrive(unionMail('推荐材料'), at('09 08:01'));
  await at126.work();
  const before = await takeBalance(at126);
  server.folders.delete('Junk');
  const after = await takeBalance(at126);
  expect([before, after].map((each) => each && [each.server, each.ledger, isBalanced(each)])).toEqual([
    [2, 2, true],
    [1, 1, true],
  ]);
  expect(await listMessages(at126.db)).toHaveLength(2);
});

test('one mail deleted, an older one moved in below the cursor: equal numbers hide nothing', async () => {
  const server = await scripted();
  const at126 = await office({ IMAP_URL: server.url });
  server.arrive(unionMail('甲'), at('09 08:01'));
  server.arrive(unionMail('乙'), at('09 08:02'));
  await at126.work();
  const inbox = server.folders.get('INBOX');
  inbox?.mails.shift();
  inbox?.mails.unshift({ uid: 3, raw: Buffer.from(unionMail('丙')), at: at('09 08:00') });
  expect(await takeBalance(at126)).toMatchObject({ server: 2, ledger: 2, ok: true });
  expect((await listMessages(at126.db)).map(({ subject }) => subject).sort()).toEqual(['丙', '乙', '甲'].sort());
});

test('a line that breaks is no alarm until polls are overdue; then one, and one all-clear', async () => {
  const server = await scripted();
  const at126 = await office({ IMAP_URL: server.url });
  await at126.work();
  server.behaviour.login = 'BYE too many connections';
  const overdue = () =>
    at126.db
      .updateTable('office_state')
      .set({ at: new Date(Date.now() - 6 * 60_000) })
      .where('name', '=', 'last_poll')
      .execute();
  server.cutAll();
  for (let turn = 0; turn < 3; turn++) expect(await poll(at126)).toBe(false);
  expect(await mailboxAlarms(at126)).toEqual([]);
  await overdue();
  at126.since.setTime(0);
  for (let turn = 0; turn < 3; turn++) expect(await poll(at126)).toBe(false);
  expect(await mailboxAlarms(at126)).toMatchObject([
    { clearedAt: null, text: expect.stringContaining('没有收成过信') },
  ]);
  server.behaviour.login = 'OK LOGIN completed';
  await at126.mailbox?.waitForNews(10_000, AbortSignal.timeout(10_000));
  for (let turn = 0; turn < 2; turn++) expect(await poll(at126)).toBe(true);
  expect(await mailboxAlarms(at126)).toMatchObject([{ clearedAt: expect.any(Date) }]);
});

test('a mailbox that is away for a while: the log says so once, whoever asks how often, and that it is over', async () => {
  const server = await scripted();
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
  const settings = { LETTERS: 'auto', IMAP_URL: server.url };
  const at126 = opened(await openTestOffice(settings, at('09 08:00').toISOString(), log));
  await at126.work();
  server.behaviour.login = 'BYE too many connections';
  server.cutAll();
  await until(() => lines.includes('mail server lost'));
  for (let turn = 0; turn < 20; turn++) expect(await poll(at126)).toBe(false);
  expect(lines).toEqual(['mail server lost', 'mailbox trouble']);
  server.behaviour.login = 'OK LOGIN completed';
  await until(() => poll(at126));
  await poll(at126);
  expect(lines.slice(2).sort()).toEqual(['mail server answers again', 'mailbox is well again']);
});

test('a mail that the server lists and never hands over: the log says so once', async () => {
  const server = await scripted();
  const lines: string[] = [];
  const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(JSON.parse(line).msg) });
  const at126 = opened(await openTestOffice({ IMAP_URL: server.url }, at('09 08:00').toISOString(), log));
  const mail = server.arrive(unionMail('推荐材料'), at('09 08:00'));
  mail.announced = mail.raw.length + 100;
  mail.fault = 'refused';
  for (let turn = 0; turn < 5; turn++) expect(await poll(at126)).toBe(true);
  expect(lines).toEqual(['mailbox trouble', 'alarm raised']);
  delete mail.fault;
  await poll(at126);
  expect(lines.slice(2)).toEqual(['mail came short', 'mailbox is well again', 'alarm is over']);
});

test('a wrong code is an alarm at once', async () => {
  const server = await scripted();
  server.behaviour.login = 'NO LOGIN Login error or password error';
  const at126 = await office({ IMAP_URL: server.url });
  expect(await poll(at126)).toBe(false);
  expect(await mailboxAlarms(at126)).toMatchObject([{ clearedAt: null, text: expect.stringContaining('授权码') }]);
});

test('over a slow line work begins while mails still come, and no letter leaves before the last one is here', async () => {
  const [server, smtp] = [opened(await startNeteaseServer()), opened(await startScriptedSmtp())];
  const at126 = await office({ IMAP_URL: server.url, SMTP_URL: smtp.url });
  server.deliver({ raw: persona('correction-completes', 1), receivedAt: at('09 07:00') });
  for (let minute = 1; minute < 45; minute += 1)
    server.deliver({
      raw: Buffer.from(unionMail(`周报${minute}`)),
      receivedAt: at(`09 07:${`${minute}`.padStart(2, '0')}`),
    });
  server.deliver({ raw: persona('correction-completes', 2), receivedAt: at('09 07:50') });
  server.script.delays = { 'UID FETCH': 1_500 };
  const look = poll(at126);
  let hasEnded = false;
  void look.then(() => (hasEnded = true));
  await until(async () => (await listLetters(at126.db)).some(({ kind }) => kind === 'correction_request'));
  expect([hasEnded, smtp.delivered.length]).toEqual([false, 0]);
  await look;
  await untilIdle(at126);
  expect((await listLetters(at126.db)).map(({ kind, state }) => `${kind} ${state}`)).toEqual(['receipt sent']);
  expect(smtp.delivered).toHaveLength(1);
});
