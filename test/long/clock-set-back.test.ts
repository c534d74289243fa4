import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { sql } from 'kysely';
import { machineNow } from '../../src/clock.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { failMessage } from '../../src/store/messages.ts';
import { alarmsSince } from '../../src/store/office-state.ts';
import { pausedUntil } from '../../src/store/stop.ts';
import { poll } from '../../workers/poll.ts';
import { arrives, at, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';

/** The computer's clock is set back while the office works: what the books hold of before lies in the future then. */
let server: NeteaseServer;
let smtp: ScriptedSmtp;
let office: TestOffice;

beforeEach(async () => {
  [server, smtp] = await Promise.all([startNeteaseServer(), startScriptedSmtp()]);
  const given = { IMAP_URL: server.url, SMTP_URL: smtp.url, LETTERS: 'auto', QUIET_MINUTES: '0' };
  office = await openTestOffice(given, at('09 08:00').toISOString());
});
afterEach(async () => {
  await office.close();
  await Promise.all([server.close(), smtp.close()]);
});

/** As if it were set back by so much, a minute later: office time goes back, machine times in the books move ahead. */
async function clockGoesBack(minutes: number): Promise<void> {
  const earlier = new Date(office.clock.now().getTime() - (minutes - 1) * 60_000);
  office.clock.now = () => earlier;
  const ahead = sql.lit(`${minutes} minutes`);
  await sql`update letter set handed_at = handed_at + ${ahead}::interval, next_try_at = next_try_at + ${ahead}::interval`.execute(
    office.db,
  );
  await sql`update message set next_try_at = next_try_at + ${ahead}::interval`.execute(office.db);
  await sql`update office_state set at = at + ${ahead}::interval`.execute(office.db);
  await sql`update office_state set value = (value::timestamptz + ${ahead}::interval)::text
    where name = 'outbox_paused_until'`.execute(office.db);
}

const states = async () => (await listLetters(office.db)).map(({ state }) => state);

test.each([
  ['a letter tried again in a quarter of an hour', '452 4.3.1 Insufficient system storage'],
  ['all letters paused for five minutes', '421 Service not available'],
])('%s: it leaves once, and not an hour later', async (_, reply) => {
  smtp.script({ at: 'rcpt', reply });
  await arrives(office, server, '09 10:00:00', persona('complete-in-one-mail'));
  await office.work();
  expect(await states()).toEqual(['due']);
  await clockGoesBack(60);
  expect(await pausedUntil(office.db)).toBeNull();
  await office.work();
  await office.work();
  expect(await states()).toEqual(['sent']);
  expect(smtp.delivered).toHaveLength(1);
});

test.each([
  [1, 'pending'], // waits its two minutes, and this one
  [60, 'recorded'],
])('a mail to be read again in a minute, the clock set back by %d: %s', async (minutes, fate) => {
  await arrives(office, server, '09 10:00:00', persona('complete-in-one-mail'));
  const inAMinute = new Date(machineNow().getTime() + 60_000);
  await sql`update message set fate = 'pending', generation = generation + 1, attempts = 0`.execute(office.db);
  await failMessage(office.db, 1, { stage: '读取和登记', reason: '磁盘已满', nextTryAt: inAMinute, at: machineNow() });
  await clockGoesBack(minutes);
  await office.work();
  const { rows } = await sql<{ fate: string }>`select fate from message`.execute(office.db);
  expect(rows).toEqual([{ fate }]);
});

test('a mailbox that is away: the alarm comes when polls are overdue by a clock that never jumps', async () => {
  await office.work();
  await clockGoesBack(60);
  await server.close();
  expect(await poll(office)).toBe(false);
  expect(await mailboxAlarms()).toEqual([]);
  office.troubles.polls.lastingMs = () => 6 * 60_000;
  expect(await poll(office)).toBe(false);
  expect(await mailboxAlarms()).toMatchObject([{ text: expect.stringContaining('没有收成过信') }]);
});

const mailboxAlarms = async () => (await alarmsSince(office.db, new Date(0))).filter(({ kind }) => kind === 'mailbox');
