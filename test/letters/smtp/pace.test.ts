import { describe, expect, test } from '@jest/globals';
import { mayGo } from '../../../src/letters/smtp/pace.ts';

const now = new Date('2018-07-18T12:00:00+08:00');
const ago = (...seconds: number[]) => seconds.map((each) => new Date(now.getTime() - each * 1000));
const every = (count: number, seconds: number, from = 61) =>
  ago(...Array.from({ length: count }, (_, index) => from + index * seconds));
const free = { now: true, waitUntil: null };
const waits = (seconds: number) => ({ now: false, waitUntil: new Date(now.getTime() + seconds * 1000) });

describe('letters a minute', () => {
  const pace = (perMinute: number, ...seconds: number[]) =>
    mayGo({ perMinute, perDay: 0, sentAt: ago(...seconds), now });

  test('no limit: 100 in a second are fine', () => {
    expect(pace(0, ...Array(100).fill(0.01))).toEqual(free);
  });
  test('the third of three goes, the fourth waits for the first to be a minute old', () => {
    expect(pace(3, 50, 10)).toEqual(free);
    expect(pace(3, 10, 50, 30)).toEqual(waits(10));
  });
  test('a letter exactly a minute old no longer counts', () => {
    expect(pace(1, 60)).toEqual(free);
    expect(pace(1, 59.999)).toEqual(waits(0.001));
  });
  test('a clock that was set back bars nobody', () => {
    expect(pace(1, -3600)).toEqual(free);
  });
});

describe('NetEase’s quarter of an hour', () => {
  test('the twentieth goes, the twenty-first waits', () => {
    expect(mayGo({ perMinute: 3, perDay: 150, sentAt: every(19, 30), now })).toEqual(free);
    expect(mayGo({ perMinute: 3, perDay: 150, sentAt: every(20, 30), now })).toEqual(waits(900 - 61 - 19 * 30));
  });
  test('holds too when only the day is limited, not when nothing is', () => {
    expect(mayGo({ perMinute: 0, perDay: 150, sentAt: every(20, 30), now }).now).toBe(false);
    expect(mayGo({ perMinute: 0, perDay: 0, sentAt: every(20, 30), now }).now).toBe(true);
  });
});

describe('letters a day', () => {
  const limited = (sentAt: Date[]) => mayGo({ perMinute: 0, perDay: 10, sentAt, now });

  test('the tenth goes, the eleventh waits for ten past midnight', () => {
    expect(limited(every(9, 600))).toEqual(free);
    expect(limited(every(10, 600))).toEqual({ now: false, waitUntil: new Date('2018-07-19T00:10:00+08:00') });
  });
  test('yesterday’s letters are yesterday’s, by Beijing time', () => {
    const midnight = (now.getTime() - new Date('2018-07-18T00:00:00+08:00').getTime()) / 1000;
    expect(limited(every(10, 60, midnight + 1))).toEqual(free);
  });
  test('when several limits hold, the last to end counts', () => {
    const sentAt = [...every(10, 600), ...ago(1)];
    expect(mayGo({ perMinute: 1, perDay: 10, sentAt, now }).waitUntil).toEqual(new Date('2018-07-19T00:10:00+08:00'));
  });
});
