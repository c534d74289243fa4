import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running program with what it prints. */
export type Running = { pid: number; output: () => string; stop: () => Promise<number>; ended: Promise<number> };

/** Starts the built command as scripts/start.mjs does, with settings and nothing else from our environment. */
export const startShouli = (words: string[], settings: Record<string, string>): Running =>
  startNode(['--no-memory-reducer', 'bin/shouli.mjs', ...words], settings);

/** @param words as after `node` */
export function startNode(words: string[], settings: Record<string, string>): Running {
  const child: ChildProcess = spawn(process.execPath, words, {
    env: { PATH: process.env.PATH, ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (bytes: Buffer) => (output += bytes.toString()));
  const ended = once(child, 'close').then(([code]) => (code as number | null) ?? -1);
  return {
    pid: child.pid ?? 0,
    output: () => output,
    ended,
    stop: () => {
      child.kill('SIGINT');
      return ended;
    },
  };
}

export async function until(what: () => boolean | Promise<boolean>, wallMs: number): Promise<void> {
  const end = performance.now() + wallMs;
  while (!(await what())) {
    if (performance.now() > end) throw new Error('waited too long');
    await sleep(5);
  }
}

type Stat = { name: string; parent: number; seconds: number };

/** The process and all it forked, split into ours and the database's: its CPU and memory are another account. */
function family(pid: number): { ours: number[]; database: number[] } {
  const stats = new Map<number, Stat>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = statOf(Number(name));
    if (stat) stats.set(Number(name), stat);
  }
  const kin = [pid];
  for (const one of kin) kin.push(...[...stats].flatMap(([child, { parent }]) => (parent === one ? [child] : [])));
  const isDatabase = (one: number) => stats.get(one)?.name === 'postgres';
  return { ours: kin.filter((one) => !isDatabase(one)), database: kin.filter(isDatabase) };
}

/** Its own CPU and that of children that ended (100 ticks a second); a living child's is not in it. */
function statOf(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    const ticks = fields.slice(11, 15).reduce((sum, each) => sum + Number(each), 0);
    return { name, parent: Number(fields[1]), seconds: ticks / 100 };
  } catch {
    return null; // it ended meanwhile
  }
}

/** CPU seconds so far: of the process alone, of it with what it forked, and of the database it runs. */
export function cpuSeconds(pid: number): { alone: number; family: number; database: number } {
  const { ours, database } = family(pid);
  const sum = (pids: number[]) => pids.reduce((total, one) => total + (statOf(one)?.seconds ?? 0), 0);
  return { alone: sum([pid]), family: sum(ours), database: sum(database) };
}

/** Resident megabytes now, or at their highest (`peak`): of the process alone, and of it with what it forked. */
export function residentMegabytes(pid: number, which: 'now' | 'peak' = 'now'): { alone: number; family: number } {
  const line = which === 'now' ? /^VmRSS:\s+(\d+) kB/m : /^VmHWM:\s+(\d+) kB/m;
  const resident = (one: number) => {
    try {
      return Number(line.exec(readFileSync(`/proc/${one}/status`, 'latin1'))?.[1] ?? 0) / 1024;
    } catch {
      return 0; // it ended meanwhile
    }
  };
  return { alone: resident(pid), family: family(pid).ours.reduce((sum, one) => sum + resident(one), 0) };
}
