import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Failure } from '../../src/errors.ts';
import type { Queue } from '../../src/queue/queue.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { alarmsSince } from '../../src/store/office-state.ts';
import { sweep } from '../../workers/sweep.ts';
import { at, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

let server: NeteaseServer;
let office: TestOffice;
beforeEach(async () => {
  server = await startNeteaseServer();
  office = await openTestOffice({ IMAP_URL: server.url }, at('09 08:00').toISOString());
});
afterEach(async () => {
  await office.close();
  await server.close();
});

const standing = async () =>
  (await alarmsSince(office.db, new Date(0))).flatMap(({ kind, text, clearedAt }) => (clearedAt ? [] : [[kind, text]]));

test.each([
  [4.9, 0],
  [5, 1],
])(
  'a queue that has been away for %d minutes while mail waits: %d alarms; none when it is back',
  async (minutes, alarms) => {
    const away: Queue['add'] = async () => {
      throw new Failure('temporary', '任务队列暂时没有回应', 'connect ECONNREFUSED');
    };
    const cut = { ...office, queue: { ...office.queue, add: away } };
    server.deliver({ raw: persona('complete-in-one-mail'), receivedAt: at('09 08:00') });
    await office.mailbox?.poll();
    await sweep(cut);
    expect(await standing()).toEqual([]);
    const { lastingMs } = office.troubles.sweeps;
    office.troubles.sweeps.lastingMs = () => minutes * 60_000;
    await sweep(cut);
    expect(await standing()).toHaveLength(alarms);
    if (alarms > 0) expect(await standing()).toEqual([['sweep', expect.stringContaining('5 分钟没有排上')]]);
    office.troubles.sweeps.lastingMs = lastingMs;
    await sweep(office);
    expect(await standing()).toEqual([]);
  },
);
