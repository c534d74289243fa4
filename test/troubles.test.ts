import { beforeEach, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { kindOf, openTroubleLog, type TroubleLog } from '../src/troubles.ts';

const minute = 60_000;
const hour = 60 * minute;
let nowMs = 0;
let lines: string[] = [];
let troubles: TroubleLog;
beforeEach(() => {
  nowMs = 0;
  lines = [];
  const write = (line: string) => {
    const { level, msg, why = '', untold = 0, times = 0 } = JSON.parse(line);
    if (level >= 40) lines.push([msg, why, untold && `+${untold}`, times && `x${times}`].filter(Boolean).join(' '));
  };
  troubles = openTroubleLog(pino({ level: 'debug' }, { write }), { met: 'failed', over: 'again' }, () => nowMs);
});
const met = (why: string) => troubles.met(why, { why });
const passes = (ms: number) => (nowMs += ms);

test('what lasts a night is said once, then each hour with how often it came, and that it is over', () => {
  for (let tries = 0; tries < 150; tries++, passes(minute)) met('unreachable');
  troubles.over();
  for (let polls = 0; polls < 10; polls++) troubles.over();
  expect(lines).toEqual(['failed unreachable', 'failed unreachable +59', 'failed unreachable +59', 'again x150']);
});

test('another trouble meanwhile is said at once', () => {
  for (const why of ['unreachable', 'unreachable', 'login_refused', 'unreachable', 'login_refused']) met(why);
  expect(lines).toEqual(['failed unreachable', 'failed login_refused']);
});

test('a line that breaks and comes back each minute is said once, with its end; each hour anew', () => {
  for (let breaks = 0; breaks < 61; breaks++) {
    met('dropped');
    troubles.over();
    passes(minute);
  }
  expect(lines).toEqual(['failed dropped', 'again x1', 'failed dropped +59', 'again x1']);
});

test.each([
  [9 * minute, 1],
  [10 * minute, 2],
])('after %d ms of peace: said %d times', (peaceMs, times) => {
  met('dropped');
  troubles.over();
  passes(peaceMs);
  met('dropped');
  expect(lines.filter((line) => line === 'failed dropped')).toHaveLength(times);
});

test('polls that are rarer than an hour: each is said, as long as it lasts', () => {
  for (let polls = 0; polls < 3; polls++, passes(2 * hour)) met('unreachable');
  expect(lines).toEqual(['failed unreachable', 'failed unreachable', 'failed unreachable']);
});

test('ports make no other kind', () => {
  const refused = (port: number) => new Error(`connect ECONNREFUSED 127.0.0.1:${port}`);
  expect(kindOf(refused(40_001))).toBe(kindOf(refused(40_002)));
  expect(kindOf(refused(1))).not.toBe(kindOf(new Error('Connection terminated unexpectedly')));
});
