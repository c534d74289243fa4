import { expect, test } from '@jest/globals';
import { timelinessOf } from '../../src/notice/timeliness.ts';
import { notice } from '../support/notice.ts';

// Clause 七: 7月20日前, read as including the 20th; the office decides on what comes within 24 h after.
test.each([
  ['2018-07-01T08:00:00+08:00', 'on_time'],
  ['2018-07-20T23:59:59+08:00', 'on_time'],
  ['2018-07-21T00:00:00+08:00', 'boundary'],
  ['2018-07-21T23:59:59+08:00', 'boundary'],
  ['2018-07-22T00:00:00+08:00', 'late'],
  ['2018-07-20T15:59:59Z', 'on_time'],
  ['2018-07-20T16:00:00Z', 'boundary'],
])('%s is %s', (at, expected) => {
  expect(timelinessOf(new Date(at), notice)).toBe(expected);
});
