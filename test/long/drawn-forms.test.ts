import { expect, test } from '@jest/globals';
import { measure } from '../../bench/support/drawn-forms/measure.ts';

test('300 forms in seven formats, with labels and layouts the reader was not written from', async () => {
  const { tally, wrong } = await measure(75, 2018);
  const rate = (what: string) => (tally[what]?.right ?? 0) / (tally[what]?.of ?? 1);
  expect(tally['form recognised']?.of).toBe(300);
  expect(wrong.filter((each) => each.startsWith('no false demand'))).toEqual([]);
  expect(rate('form recognised')).toBeGreaterThanOrEqual(0.995);
  expect(rate('field right')).toBeGreaterThanOrEqual(0.995);
  expect(rate('place right')).toBeGreaterThanOrEqual(0.99);
  expect(rate('slip found in its place')).toBeGreaterThanOrEqual(0.98);
}, 120_000);
