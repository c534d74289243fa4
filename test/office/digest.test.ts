import { expect, test } from '@jest/globals';
import { dueJobs } from '../../src/office/due.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { untilIdle } from '../../workers/at-work.ts';
import { digest } from '../../workers/digest.ts';
import { openDesk } from '../support/desk.ts';
import { at, persona } from '../support/life.ts';

test('a digest whose job comes twice is made once: its letter and the books tell the same, also rebuilt', async () => {
  const desk = await openDesk('12 09:00', { DIGEST_TO: 'office@example.com' });
  const job = { kind: 'digest' as const, row: '20180712', generation: 0 };
  await digest(desk.office(), job);
  await desk.arrives('12 09:30', persona('complete-in-one-mail'));
  await digest(desk.office(), job);
  const [letter] = (await listLetters(desk.office().db)).filter(({ kind }) => kind === 'digest');
  expect([letter?.state, letter?.subject]).toEqual(['sent', expect.stringContaining('新收0')]);
  await desk.survives();
  await desk.close();
}, 60_000);

test('the office opens after the digest hour: the mail of the night is in the digest, read and counted', async () => {
  const desk = await openDesk('12 08:20', { DIGEST_TO: 'office@example.com' });
  await desk.office().work(); // the day before: it was open, and had no mail
  const office = desk.office();
  office.clock.jumpTo(at('12 09:00'));
  desk.delivers('12 02:00', persona('complete-in-one-mail'));
  const endFirstLook = office.looks.begin(office.clock.now());
  const kindsDue = async () => (await dueJobs(office)).map(({ kind }) => kind);
  expect(await kindsDue()).toEqual([]);
  await office.mailbox?.poll();
  endFirstLook(true);
  office.clock.jumpTo(at('12 09:01'));
  expect(await kindsDue()).toEqual(['intake']);
  await untilIdle(office);
  const [letter] = (await listLetters(office.db)).filter(({ subject }) => subject.includes('7月12日'));
  expect(letter?.text).toContain('新收邮件1　申报件1　齐全1');
  expect(letter?.text).toContain('等待处理的邮件0封');
  await desk.close();
}, 60_000);
