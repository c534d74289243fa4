import { existsSync, readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineNow } from '../../clock.ts';
import { Failure } from '../../errors.ts';

const stillMs = 10_000;
const fileIn = (state: string) => join(state, 'in-use');
/** Names the world of processes we see: two containers on one volume have different ones. */
const ourWorld = () => readlinkSync('/proc/self/ns/pid');

export function beginBeat(state: string): void {
  rmSync(fileIn(state), { force: true });
  writeFileSync(fileIn(state), ourWorld(), { mode: 0o644 });
}

/** At every look after the server while it is used. */
export function beat(state: string): void {
  const now = machineNow();
  if (existsSync(fileIn(state))) utimesSync(fileIn(state), now, now);
}

export function endBeat(state: string): void {
  rmSync(fileIn(state), { force: true });
}

/**
 * A server in another container on the same volume shows neither its process, nor its port, nor its shared memory: a
 * second one would start beside it and destroy the cluster, as PostgreSQL in containers is known to. Its heartbeat is
 * seen. One that does not move for ten seconds is of the dead.
 *
 * @throws Failure (permanent) when it moves
 */
export async function refuseIfUsedElsewhere(state: string): Promise<void> {
  const file = fileIn(state);
  if (!existsSync(file) || readFileSync(file, 'utf8') === ourWorld()) return;
  const last = statSync(file).mtimeMs;
  const stillSinceMs = Math.max(0, machineNow().getTime() - last); // less than nothing where the clock was set back
  for (let waitMs = stillMs - stillSinceMs; waitMs > 0; waitMs -= 500) {
    await sleep(500);
    if (existsSync(file) && statSync(file).mtimeMs !== last) throw usedElsewhere(state);
  }
}

const usedElsewhere = (state: string) =>
  new Failure(
    'permanent',
    '另一个容器（或容器外的程序）正在使用这个数据文件夹里的数据库，两边同时用会损坏数据。' +
      '请在那个容器里运行命令（docker exec），或先停掉它。',
    `${state} is in use in another pid namespace`,
  );
