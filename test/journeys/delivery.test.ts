import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { machineNow } from '../../src/clock.ts';
import { deliverLetter } from '../../src/office/deliver-letter.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { failedLetters, retryLetters } from '../../src/store/delivery.ts';
import { listFailed } from '../../src/store/failed-jobs.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { rerunMessages } from '../../src/store/messages.ts';
import { alarmsSince } from '../../src/store/office-state.ts';
import { pausedUntil, resumeLetters, stopLetters, stoppedFor } from '../../src/store/stop.ts';
import { arrives, at, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';

/** What the mail server answers, and what becomes of the letter, of all other letters, of staff's knowledge. */
let server: NeteaseServer;
let smtp: ScriptedSmtp;
let office: TestOffice;

beforeAll(async () => {
  [server, smtp] = await Promise.all([startNeteaseServer(), startScriptedSmtp()]);
  const given = { IMAP_URL: server.url, SMTP_URL: smtp.url, LETTERS: 'auto', QUIET_MINUTES: '0' };
  office = await openTestOffice(given, at('09 08:00').toISOString());
});
afterAll(async () => {
  await office.close();
  await Promise.all([server.close(), smtp.close()]);
});
beforeEach(() => void smtp.delivered.splice(0));

const last = async () => (await listLetters(office.db)).at(-1);
const standing = async () => (await alarmsSince(office.db, office.clock.now())).filter(({ clearedAt }) => !clearedAt);
const journalOf = async (messageId = '') => {
  const told: string[] = [];
  for await (const entry of office.journal.read()) {
    if (entry.event === 'handed' && entry.letter.messageId === messageId) told.push('handed');
    if (entry.event === 'answered' && entry.messageId === messageId) told.push(entry.result.state);
  }
  return told;
};
const resume = () => resumeLetters(office.db, office.journal, 'wang');
/** The wait before the next try is over. */
const waitsNoLonger = () => office.db.updateTable('letter').set({ next_try_at: null }).execute();

test('535: all letters stop, staff read which code to renew; resumed, the letter leaves', async () => {
  smtp.script({ at: 'auth', reply: '535 Error: authentication failed' });
  await arrives(office, server, '09 10:00:00', persona('complete-in-one-mail'));
  expect(await last()).toMatchObject({ state: 'due', attempts: 1, reason: expect.stringContaining('授权码') });
  expect(await stoppedFor(office.db)).toContain('授权码');
  expect(await standing()).toMatchObject([{ kind: 'post', text: expect.stringContaining('授权码') }]);
  await office.work();
  expect(smtp.delivered).toEqual([]);
  await resume();
  expect(await standing()).toEqual([]);
  await office.work();
  expect(await last()).toMatchObject({ state: 'sent', attempts: 2, reason: null });
  expect(await journalOf((await last())?.messageId)).toEqual(['handed', 'due', 'handed', 'sent']);
});

test('451 MI:SFQ: no letter for 16 minutes; a person may lift the pause', async () => {
  smtp.script({ at: 'letter', reply: '451 MI:SFQ 126 smtp1,x' });
  const began = machineNow().getTime();
  await arrives(office, server, '09 10:01:00', persona('below-senior-worker'));
  expect(await last()).toMatchObject({ state: 'due', reason: expect.stringContaining('暂停发信 16 分钟') });
  const minutes = (((await pausedUntil(office.db))?.getTime() ?? 0) - began) / 60_000;
  expect(minutes).toBeGreaterThanOrEqual(16);
  expect(minutes).toBeLessThan(17);
  await arrives(office, server, '09 10:02:00', persona('list-says-none'));
  expect(smtp.delivered).toEqual([]);
  await resume();
  await office.work();
  expect(smtp.delivered.map(({ to }) => to.join())).toEqual(['wx-gonghui@163.com', 'xw-gonghui@126.com']);
});

test('the line broke after the letter was taken: it goes once more under the same Message-ID', async () => {
  smtp.script({ at: 'letter', drop: true, keep: true });
  await arrives(office, server, '09 10:03:00', persona('certificates-on-paper'));
  expect(await last()).toMatchObject({ state: 'due', reason: expect.stringContaining('可能已经发出') });
  await office.work();
  expect(smtp.delivered).toHaveLength(1); // two minutes are not over
  await waitsNoLonger();
  await office.work();
  const ids = smtp.delivered.map(({ raw }) => /^Message-ID: (.*)$/im.exec(raw.toString('latin1'))?.[1]?.trim());
  expect(ids).toEqual([(await last())?.messageId, (await last())?.messageId]);
  expect((await last())?.state).toBe('sent');
});

test('no such mailbox: the letter failed, others go on; a rerun of what failed sends it', async () => {
  smtp.script({ at: 'rcpt', to: 'mcq-gonghui@163.com', reply: '550 User not found: mcq' });
  await arrives(office, server, '09 10:04:00', persona('two-items-missing'));
  expect(await last()).toMatchObject({ state: 'failed', reason: expect.stringContaining('电话核对') });
  expect(await listFailed(office.db)).toMatchObject([{ kind: 'deliver', stage: '发送', attempts: 1 }]);
  await arrives(office, server, '09 10:05:00', persona('form-as-doc'));
  expect(smtp.delivered.map(({ to }) => to.join())).toEqual(['jm-gonghui@163.com']);
  await retryLetters(office.db, await failedLetters(office.db, 'all'));
  await office.work();
  expect(smtp.delivered.map(({ to }) => to.join())).toEqual(['jm-gonghui@163.com', 'mcq-gonghui@163.com']);
  const [receipt, demand] = await Promise.all(smtp.delivered.map(({ raw }) => simpleParser(raw)));
  expect(receipt?.attachments).toEqual([]);
  expect(demand?.attachments.map(({ filename }) => filename)).toEqual([
    expect.stringMatching(/^焦作工匠推荐人选基本情况及主要业绩量化表（.+）\.docx$/),
  ]);
  expect(await listFailed(office.db)).toEqual([]);
});

test('a letter whose turn has come waits while a mail of the same sender lies unread', async () => {
  await stopLetters(office.db, office.journal, '人工停止', 'wang');
  await arrives(office, server, '09 10:06:00', persona('wrong-check-digits'));
  await resume();
  const letter = await last();
  const mails = await office.db
    .selectFrom('message')
    .select('identity')
    .where('from_address', '=', letter?.to ?? '')
    .execute();
  await rerunMessages(
    office.db,
    mails.map(({ identity }) => identity),
  );
  await deliverLetter(office, letter?.id ?? 0, 0);
  expect([await last(), smtp.delivered]).toMatchObject([{ state: 'due', attempts: 0 }, []]);
  await office.work();
  expect(await last()).toMatchObject({ state: 'sent', attempts: 1 });
});
