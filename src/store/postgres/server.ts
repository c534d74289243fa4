import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../errors.ts';
import type { Place } from './place.ts';
import { childrenOf, runningOn, startedAt } from './processes.ts';
import { serverSettings } from './settings.ts';

export type Server = { pid: number; port: number };

const lookEveryMs = 10;
/** Recovery after a crash reads at most `max_wal_size`; slow disks of old office computers included. */
const startMs = 120_000;
const stops = [
  ['SIGINT', 60_000], // fast shutdown: connections are cut, everything goes to the disk
  ['SIGQUIT', 10_000], // at once; the next start recovers
  ['SIGKILL', 5_000],
] as const;
const leftBehindMs = 1_000;

const clusterName = ({ id }: Place) => `shouli-${id}`;
export const logFile = ({ state }: Place) => join(state, 'server.log');

/** Null when none runs. One that lost its pid file is stopped: it would end itself within a minute. */
export async function findServer({ cluster }: Place): Promise<Server | null> {
  const giveUpAt = performance.now() + startMs;
  for (;;) {
    const pids = runningOn(cluster, 'postgres'); // for a moment also a child that has not yet put on its own title
    const [pid] = pids;
    if (pid === undefined) return null;
    const said = readPidFile(cluster);
    if (!said || !pids.includes(said.pid)) await stopServer(pid);
    else if (said.status === 'ready') return { pid: said.pid, port: said.port };
    if (performance.now() > giveUpAt) throw tooLong(cluster);
    await sleep(lookEveryMs); // starting or stopping; whoever bade it may be dead
  }
}

/**
 * Starts the server on a cluster that none runs on, and waits until it takes connections.
 *
 * @returns what it said (English) when it ended instead
 * @throws Failure, or what the kernel says when it cannot be started at all
 */
export async function startServer(place: Place, postgres: string, port: number): Promise<Server | string> {
  await endLeftBehind(clusterName(place));
  // A pid file that is empty, or whose pid another process has by now, would keep it from starting. A server that we
  // cannot see still keeps us out by its shared memory, whose key is the folder's inode.
  rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
  const file = openSync(logFile(place), 'a', 0o600);
  const from = fstatSync(file).size;
  const child = spawn(postgres, ['-D', place.cluster, ...serverSettings(port, clusterName(place))], {
    ...place.account,
    cwd: '/',
    env: { LC_ALL: 'C.UTF-8' }, // nothing of ours: the environment holds the mailbox's code
    stdio: ['ignore', file, file],
    detached: true, // a session of its own: Ctrl-C is for us, we stop the server after our work
  });
  closeSync(file);
  child.unref();
  const ended = new Promise<null>((resolve, reject) => child.once('error', reject).once('exit', () => resolve(null)));
  const server = await Promise.race([ended, untilReady(place.cluster, child.pid)]);
  return server ?? readFileSync(logFile(place)).subarray(from).toString();
}

/** Never settles when the process ends first. */
async function untilReady(cluster: string, pid: number | undefined): Promise<Server> {
  const giveUpAt = performance.now() + startMs;
  for (;;) {
    const said = readPidFile(cluster);
    if (said && said.pid === pid && said.status === 'ready') return { pid, port: said.port };
    if (pid === undefined || startedAt(pid) === null) return new Promise(() => {});
    if (performance.now() > giveUpAt) throw tooLong(cluster);
    await sleep(lookEveryMs);
  }
}

export async function stopServer(pid: number): Promise<void> {
  const start = startedAt(pid);
  const isThere = () => start !== null && startedAt(pid) === start;
  for (const [signal, waitMs] of stops) {
    if (isThere()) process.kill(pid, signal);
    for (let waited = 0; isThere() && waited < waitMs; waited += lookEveryMs) await sleep(lookEveryMs);
  }
}

/** A server killed with -9 may leave children that work on; while one lives, PostgreSQL rightly refuses to start. */
async function endLeftBehind(name: string): Promise<void> {
  for (let waited = 0; childrenOf(name).length > 0; waited += lookEveryMs) {
    if (waited > leftBehindMs) for (const pid of childrenOf(name)) process.kill(pid, 'SIGKILL');
    await sleep(lookEveryMs);
  }
}

/** What the server says of itself in its pid file; null when there is no file or it is cut short. */
function readPidFile(cluster: string): { pid: number; port: number; status: string } | null {
  try {
    const lines = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), status: lines[7]?.trim() ?? '' };
  } catch {
    return null; // not written yet, or just removed
  }
}

const tooLong = (cluster: string) =>
  new Failure(
    'temporary',
    '数据库启动用了很久还没有好。请稍后再试；仍不行时请重新启动电脑。',
    `server on ${cluster} not ready after ${startMs} ms`,
  );
