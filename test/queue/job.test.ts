import { expect, test } from '@jest/globals';
import { type Job, jobId } from '../../src/queue/job.ts';

test.each<[Job, string]>([
  [{ kind: 'intake', row: 57, generation: 0 }, 'intake-57-0'],
  [{ kind: 'digest', row: '20180720', generation: 12 }, 'digest-20180720-12'],
])('%j is %s', (job, id) => {
  expect(jobId(job)).toBe(id);
});

test.each<[string, Job['row'], number]>([
  ['a colon, which BullMQ refuses', 'a:b', 0],
  ['a hyphen, which would make 1-2 of row 1 and generation 2 one', '1-2', 0],
  ['U+0000, which PostgreSQL refuses', 'a\u0000', 0],
  ['an address: content, not an identity', 'li@example.com', 0],
  ['nothing', '', 0],
  ['half a row', 1.5, 0],
  ['half a generation', 1, 0.5],
])('no id is made of %s', (_, row, generation) => {
  expect(() => jobId({ kind: 'poll', row, generation })).toThrow(/letters and digits/);
});
