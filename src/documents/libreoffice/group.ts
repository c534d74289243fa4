import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setPriority } from 'node:os';
import { residentOf } from '../pool/watch.ts';

/** How a group of processes came to its end. */
export type GroupEnd = 'ended' | 'timed_out' | 'out_of_memory' | 'stopped';
export type GroupBounds = { wallMs: number; residentBytes: number };
export type Group = { end: Promise<GroupEnd>; stop: () => void };

const sampleEveryMs = 250;
/** What is converted can wait; the desk and other mail cannot. */
const niceness = 10;

/**
 * Runs a command as a process group of its own and ends the whole group beyond a bound: `soffice` is a script that
 * starts a starter that starts the program, and killing the first leaves the others.
 *
 * @param environment all that the command gets to see
 */
export function runGroup(
  [program = '', ...words]: string[],
  environment: NodeJS.ProcessEnv,
  bounds: GroupBounds,
): Group {
  const child = spawn(program, words, { env: environment, detached: true, stdio: 'ignore' });
  lower(child);
  let verdict: GroupEnd = 'ended';
  const kill = (why: GroupEnd) => {
    verdict = verdict === 'ended' ? why : verdict;
    killGroup(child);
  };
  const timer = setTimeout(() => kill('timed_out'), bounds.wallMs);
  const sampler = setInterval(() => {
    if (residentOfGroup(child.pid) > bounds.residentBytes) kill('out_of_memory');
  }, sampleEveryMs);
  const end = new Promise<GroupEnd>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      clearInterval(sampler);
      killGroup(child); // a helper that outlived the program
      resolve(verdict);
    };
    child.once('error', done); // not there any more, or not allowed: no file comes out, which is told
    child.once('exit', done);
  });
  return { end, stop: () => kill('stopped') };
}

function lower({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) setPriority(pid, niceness);
  } catch {
    // gone already, or the system keeps its own counsel: only politeness is lost
  }
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** All memory a group holds, in bytes; 0 where there is no /proc: the wall clock still holds. */
function residentOfGroup(group: number | undefined): number {
  let bytes = 0;
  for (const pid of processes()) if (groupOf(pid) === group) bytes += residentOf(pid) ?? 0;
  return bytes;
}

function processes(): number[] {
  try {
    return readdirSync('/proc').map(Number).filter(Number.isInteger);
  } catch {
    return []; // not Linux
  }
}

/** The third field behind the name, which may hold brackets and spaces itself (proc(5)). */
function groupOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[2]);
  } catch {
    return null; // ended meanwhile
  }
}
