import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { machineNow } from '../../src/clock.ts';
import type { Failure } from '../../src/errors.ts';
import { silentLog } from '../../src/log.ts';
import type { Job } from '../../src/queue/job.ts';
import { openQueue, type Queue } from '../../src/queue/queue.ts';
import { hasRedis, startPostgres, startRedis, type TestDatabase, type TestServer } from './servers.ts';

if (!hasRedis) console.log('redis-server is not installed: the queue on Redis is not tested');
const grounds = hasRedis ? ['PostgreSQL', 'Redis'] : ['PostgreSQL'];

let postgres: TestDatabase;
const unhandled: unknown[] = [];
const onUnhandled = (error: unknown) => unhandled.push(error);
beforeAll(async () => {
  process.on('unhandledRejection', onUnhandled);
  postgres = await startPostgres();
});
afterAll(async () => {
  await postgres.close();
  process.off('unhandledRejection', onUnhandled);
});

describe.each(grounds)('on %s', (ground) => {
  let server: TestServer;
  let queues: Queue[] = [];
  let children: ChildProcess[] = [];
  let lines: { msg: string; job?: string }[] = [];
  beforeAll(async () => {
    server = ground === 'Redis' ? await startRedis(postgres) : postgres;
  });
  afterEach(async () => {
    await Promise.all(queues.map((queue) => queue.close()));
    for (const child of children) child.kill('SIGKILL');
    queues = [];
    children = [];
    lines = [];
    expect(unhandled).toEqual([]);
  });
  afterAll(async () => {
    if (server !== postgres) await server.close();
  });

  async function open(): Promise<Queue> {
    const log = pino({ level: 'info' }, { write: (line: string) => void lines.push(JSON.parse(line)) });
    const queue = await openQueue({ databaseUrl: server.databaseUrl, redisUrl: server.redisUrl, log });
    queues.push(queue);
    return queue;
  }

  function processOn(kind: string): ChildProcess {
    const words = [server.databaseUrl, server.redisUrl ?? '-', kind];
    const child = spawn(process.execPath, ['--import', 'tsx', 'test/queue/worker-process.ts', ...words], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    return child;
  }

  test('a job comes to the handler of its kind with nothing but its identity', async () => {
    const queue = await open();
    const seen: Job[] = [];
    for (const kind of ['intake', 'digest'] as const)
      queue.work(kind, async (job) => void seen.push(job), { concurrency: 1 });
    const jobs: Job[] = [
      { kind: 'intake', row: 57, generation: 0 },
      { kind: 'digest', row: '20180720', generation: 2 },
    ];
    await queue.add(jobs);
    await until(() => seen.length === 2);
    expect(seen).toEqual(expect.arrayContaining(jobs));
    await expect(queue.add([aJob('li@example.com')])).rejects.toThrow(/letters and digits/); // content: our own fault
  });

  test('an id still held is passed over, one whose job has ended is done again', async () => {
    const queue = await open();
    const held = aJob(1);
    await queue.add([held]);
    await queue.add([held]);
    expect((await queue.counts()).intake).toEqual({ waiting: 1, active: 0, delayed: 0 });

    const gate = openGate();
    let runs = 0;
    const handler = async () => {
      runs += 1;
      await gate.opened;
    };
    queue.work('intake', handler, { concurrency: 2 });
    await until(() => runs === 1);
    await queue.add([held]);
    await queue.add(Array.from({ length: 8 }, () => held)); // a sweep's batch takes another way in
    expect((await queue.counts()).intake).toEqual({ waiting: 0, active: 1, delayed: 0 });

    gate.open();
    await until(async () => (await queue.counts()).intake.active === 0);
    expect(runs).toBe(1);
    await queue.add([held]);
    await until(() => runs === 2);
  });

  test('what a handler throws is told once, and the job is gone', async () => {
    const queue = await open();
    let runs = 0;
    const handler = async () => {
      runs += 1;
      throw new Error('the disk is full');
    };
    queue.work('deliver', handler, { concurrency: 1 });
    const letter: Job = { kind: 'deliver', row: 9, generation: 0 };
    await queue.add([letter]);
    await until(async () => runs === 1 && (await queue.counts()).deliver.active === 0);
    expect(await queue.counts()).toMatchObject({ deliver: { waiting: 0, active: 0, delayed: 0 } });
    expect(lines.map(({ msg, job }) => `${msg}: ${job}`)).toEqual(['a job failed: deliver-9-0']);
    await queue.add([letter]);
    await until(() => runs === 2);
  });

  test('no more at once than asked for, and a full kind keeps no other waiting', async () => {
    const queue = await open();
    const gate = openGate();
    let mails = 0;
    let letters = 0;
    const intake = async () => {
      mails += 1;
      await gate.opened;
    };
    queue.work('intake', intake, { concurrency: 3 });
    const deliver = async () => {
      letters += 1;
    };
    queue.work('deliver', deliver, { concurrency: 1 });
    await queue.add(Array.from({ length: 20 }, (_, row) => aJob(row)));
    await until(() => mails === 3);
    await queue.add([{ kind: 'deliver', row: 1, generation: 0 }]);
    await until(() => letters === 1);
    expect(mails).toBe(3);
    expect((await queue.counts()).intake).toEqual({ waiting: 17, active: 3, delayed: 0 });
    gate.open();
    await until(() => mails === 20);
  });

  test('closing waits for what is under way and takes nothing more', async () => {
    const queue = await open();
    const ended: Job['row'][] = [];
    let begun = 0;
    const handler = async ({ row }: Job) => {
      begun += 1;
      await sleep(300);
      ended.push(row);
    };
    queue.work('intake', handler, { concurrency: 1 });
    await queue.add([aJob('first'), aJob('second')]);
    await until(() => begun === 1);
    await queue.pause();
    expect(ended).toEqual(['first']);
    await queue.close();
    expect(begun).toBe(1);

    const next = await open();
    const later: Job['row'][] = [];
    next.work('intake', async ({ row }) => void later.push(row), { concurrency: 1 });
    await until(() => later.length === 1);
    expect(later).toEqual(['second']);
  });

  test('wiped under way: workers go on, new work is done', async () => {
    const queue = await open();
    const gate = openGate();
    const seen: Job['row'][] = [];
    const handler = async ({ row }: Job) => {
      seen.push(row);
      if (row === 1) await gate.opened;
    };
    queue.work('intake', handler, { concurrency: 1 });
    await queue.add([aJob(1), aJob(2)]);
    await until(() => seen.length === 1);
    await server.wipe();
    gate.open();
    await sleep(200);
    await queue.add([aJob(3)]);
    await until(() => seen.includes(3));
    expect(seen).toEqual([1, 3]);
  });

  test('the server killed and back: work resumes within 5 s, nothing runs twice at once', async () => {
    const queue = await open();
    const running = new Set<Job['row']>();
    let clashes = 0;
    const done: Job['row'][] = [];
    const handler = async ({ row }: Job) => {
      if (running.has(row)) clashes += 1;
      running.add(row);
      await sleep(row === 'long' ? 1_500 : 5);
      running.delete(row);
      done.push(row);
    };
    queue.work('intake', handler, { concurrency: 2 });
    await queue.add([aJob('before')]);
    await until(() => done.length === 1);
    await queue.add([aJob('long')]);
    await until(() => running.has('long'));
    await server.kill();
    await expect(queue.add([aJob('away')])).rejects.toMatchObject({ kind: 'temporary' });
    await server.revive();
    const back = machineNow().getTime();
    await until(() => isAdded(queue, aJob('after')));
    await until(() => done.includes('after'), 5_000);
    expect(machineNow().getTime() - back).toBeLessThan(5_000);
    await until(() => done.includes('long'));
    expect(clashes).toBe(0);
    expect(lines.length).toBeLessThan(20);
  });

  test('cleared: what a killed process held and what waited is forgotten, and every id may come anew, in order', async () => {
    const killed = processOn('intake');
    await says(killed, 'ready');
    const restarted = await open();
    await restarted.add([aJob('held'), aJob('later')]);
    await says(killed, 'started');
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    await restarted.clear();
    expect(await restarted.counts()).toMatchObject({ intake: { waiting: 0, active: 0, delayed: 0 } });
    const seen: Job['row'][] = [];
    restarted.work('intake', async ({ row }) => void seen.push(row), { concurrency: 1 });
    await restarted.add([aJob('held'), aJob('later')]);
    await until(() => seen.length === 2);
    expect(seen).toEqual(['held', 'later']);
  });

  test('a killed process’s job is done again within 5 s, a living one’s is left to it', async () => {
    const queue = await open();
    const killed = processOn('intake');
    const living = processOn('deliver');
    await Promise.all([says(killed, 'ready'), says(living, 'ready')]);
    await queue.add([aJob('orphan'), { kind: 'deliver', row: 'tended', generation: 0 }]);
    await Promise.all([says(killed, 'started'), says(living, 'started')]);
    killed.kill('SIGKILL');
    await once(killed, 'exit');

    const start = machineNow().getTime();
    const seen: Job['row'][] = [];
    const restarted = await open();
    for (const kind of ['intake', 'deliver'] as const)
      restarted.work(kind, async ({ row }) => void seen.push(row), { concurrency: 1 });
    await until(() => seen.includes('orphan'), 5_000);
    expect(machineNow().getTime() - start).toBeLessThan(5_000);
    await sleep(300);
    expect(seen).not.toContain('tended');

    living.kill('SIGTERM');
    expect(await once(living, 'exit')).toEqual([0, null]); // nothing keeps a closed queue's process alive
  });

  test('a server that refuses for good: one alarm in Chinese, then silence', async () => {
    const queue = await open();
    const alarms: Failure[] = [];
    queue.onTrouble((alarm) => alarms.push(alarm));
    const gate = openGate();
    for (const kind of ['intake', 'deliver', 'tidy'] as const) queue.work(kind, () => gate.opened, { concurrency: 2 });
    await queue.add([aJob(1), aJob(2)]);
    await until(async () => (await queue.counts()).intake.active === 2);
    await server.breakForGood();
    gate.open();
    await until(() => alarms.length > 0, 5_000);
    await sleep(600);
    expect(alarms).toMatchObject([{ kind: 'permanent', forPerson: expect.stringMatching(/^任务队列已停止/) }]);
    expect(lines.filter(({ msg }) => msg.includes('stopped'))).toHaveLength(1);
    expect(lines.length).toBeLessThan(20);
    await expect(queue.add([aJob(3)])).rejects.toMatchObject({ kind: 'temporary' });
  });
});

test('tables that somebody half took away are made anew when the queue is opened', async () => {
  const where = { databaseUrl: postgres.databaseUrl, redisUrl: null, log: silentLog };
  const before = await openQueue(where);
  await before.close();
  await postgres.breakInPart();
  const queue = await openQueue(where);
  const seen: Job[] = [];
  queue.work('tidy', async (job) => void seen.push(job), { concurrency: 1 });
  await queue.add([{ kind: 'tidy', row: 1, generation: 0 }]);
  await until(() => seen.length === 1);
  await queue.close();
});

const aJob = (row: number | string): Job => ({ kind: 'intake', row, generation: 0 });

const isAdded = (queue: Queue, job: Job) =>
  queue.add([job]).then(
    () => true,
    () => false,
  );

function openGate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

async function until(isSo: () => boolean | Promise<boolean>, wallMs = 10_000): Promise<void> {
  const start = machineNow().getTime();
  while (!(await isSo())) {
    if (machineNow().getTime() - start > wallMs) throw new Error(`not so within ${wallMs} ms: ${isSo}`);
    await sleep(10);
  }
}

const said = new WeakMap<ChildProcess, { text: string }>();

/** Waits until the child has said a word, now or before. */
async function says(child: ChildProcess, word: string): Promise<void> {
  const heard = said.get(child) ?? { text: '' };
  if (!said.has(child)) child.stdout?.on('data', (chunk: Buffer) => (heard.text += chunk));
  said.set(child, heard);
  await until(() => heard.text.includes(word));
}
