import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../errors.ts';
import { asFailure, outputFailure } from './advice.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';
import { freePort } from './port.ts';
import { childrenOf, postmasterOf, startedAt } from './processes.ts';
import { serverSettings } from './settings.ts';

export type Server = { pid: number; port: number };

const lookEveryMs = 10;
/** Recovery after a crash reads at most `max_wal_size`; slow disks of old office computers included. */
const startMs = 120_000;
const fastStopMs = 60_000;
const leftBehindMs = 3_000;

/** Null when none runs, or when the one that runs has lost its pid file (it ends itself within a minute). */
export async function findServer({ cluster }: Place): Promise<Server | null> {
  const giveUpAt = performance.now() + startMs;
  for (let pid = postmasterOf(cluster); pid !== null; pid = postmasterOf(cluster)) {
    const said = readPidFile(cluster);
    if (said?.pid !== pid) return stopServer(pid).then(() => null);
    if (said.status === 'ready') return { pid, port: said.port };
    if (performance.now() > giveUpAt) throw tooLong(cluster);
    await sleep(lookEveryMs); // starting or stopping; whoever bade it may be dead
  }
  return null;
}

/**
 * Starts the server and waits until it takes connections.
 *
 * @param port the one to listen on if it is still free
 * @throws Failure
 */
export async function startServer(place: Place, binaries: Binaries, wishedPort: number | null): Promise<Server> {
  await endLeftBehind(clusterName(place));
  // No server runs here (findServer). A pid file that is empty, or whose pid another process has by now, would keep it
  // from starting; a server that we cannot see keeps us out by its shared memory, whose key is the folder's inode.
  rmSync(join(place.cluster, 'postmaster.pid'), { force: true });
  for (let tries = 1; ; tries += 1) {
    const port = await freePort(tries === 1 ? wishedPort : null);
    const answer = await tryStart(place, binaries, port);
    if (typeof answer !== 'string') return answer;
    const wasTaken = /could not bind|could not create any TCP\/IP sockets/.test(answer);
    if (!wasTaken || tries === 5) throw outputFailure(answer, place.state, logFile(place));
  }
}

const clusterName = ({ id }: Place) => `shouli-${id}`;
export const logFile = ({ state }: Place) => join(state, 'server.log');

/** A server, or what the one that failed wrote. */
async function tryStart(place: Place, { postgres }: Binaries, port: number): Promise<Server | string> {
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
  let ended: Error | 'exit' | null = null;
  child.once('error', (error) => (ended = error)).once('exit', () => (ended ??= 'exit'));
  const giveUpAt = performance.now() + startMs;
  const over = (): Error | 'exit' | null => ended;
  while (over() === null) {
    const said = readPidFile(place.cluster);
    if (said?.pid === child.pid && said?.status === 'ready') return { pid: said.pid, port };
    if (performance.now() > giveUpAt) throw tooLong(place.cluster);
    await sleep(lookEveryMs);
  }
  const why = over();
  if (why instanceof Error) throw asFailure(why, place.state);
  return readFileSync(logFile(place)).subarray(from).toString();
}

/** Fast shutdown: connections are cut, everything is on disk. One that hangs is cut short and recovers at the next start. */
export async function stopServer(pid: number): Promise<void> {
  const start = startedAt(pid);
  const isThere = () => start !== null && startedAt(pid) === start;
  for (const [signal, waitMs] of [
    ['SIGINT', fastStopMs],
    ['SIGQUIT', 10_000],
    ['SIGKILL', 5_000],
  ] as const) {
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
    `server on ${cluster} not ready`,
  );
