import { expect, test } from '@jest/globals';
import { pauseMs, pauses } from '../../src/mailbox/imap/pause.ts';
import { failed } from '../../src/mailbox/imap/trouble.ts';

const minutes = 60_000;

test('a wrong code is tried at most six times in any hour, for as long as it stays wrong', () => {
  const attempts = [0];
  for (let losses = 1; (attempts.at(-1) ?? 0) < 24 * 60 * minutes; losses += 1)
    attempts.push((attempts.at(-1) ?? 0) + pauseMs('login_refused', losses));
  for (const from of attempts) {
    const inThisHour = attempts.filter((at) => at >= from && at < from + 60 * minutes);
    expect(inThisHour.length).toBeLessThanOrEqual(6);
  }
});

test('a lost line is tried after 1, 2, 4 … seconds, never later than a minute', () => {
  const waits = [1, 2, 3, 4, 5, 6, 7, 50, 5_000].map((losses) => pauseMs('dropped', losses) / 1_000);
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('a connection that lasted begins anew; one that breaks at once does not', () => {
  let now = 0;
  const pause = pauses(() => now);
  const dropped = failed('dropped', 'test');
  for (const expected of [1_000, 2_000, 4_000]) {
    pause.begin(dropped, 500);
    expect(pause.leftMs()).toBe(expected);
  }
  expect(pause.reason()).toBe(dropped);
  now = 4_000;
  expect(pause.reason()).toBeNull();
  pause.begin(dropped, 3 * minutes);
  expect(pause.leftMs()).toBe(1_000);
});
