import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/** A running `shouli start` with what it prints. */
export type Running = { pid: number; output: () => string; stop: () => Promise<number>; ended: Promise<number> };

/** Starts the built command as scripts/start.mjs does, with settings and nothing else from our environment. */
export function startShouli(words: string[], settings: Record<string, string>): Running {
  const child: ChildProcess = spawn(process.execPath, ['--no-memory-reducer', 'bin/shouli.mjs', ...words], {
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

/** The process and what it forked, without the database: its CPU and memory are another account. */
function family(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = statOf(Number(name));
    if (stat && stat.name !== 'postgres') parents.set(Number(name), stat.parent);
  }
  const kin = [pid];
  for (const one of kin) kin.push(...[...parents].flatMap(([child, parent]) => (parent === one ? [child] : [])));
  return kin;
}

function statOf(pid: number): { name: string; parent: number; ticks: number } | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    const name = text.slice(text.indexOf('(') + 1, text.lastIndexOf(')'));
    return { name, parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
  } catch {
    return null; // it ended meanwhile
  }
}

/** CPU seconds so far (100 ticks a second): of the process alone, and of it with what it forked. */
export function cpuSeconds(pid: number): { alone: number; family: number } {
  const seconds = (one: number) => (statOf(one)?.ticks ?? 0) / 100;
  return { alone: seconds(pid), family: family(pid).reduce((sum, one) => sum + seconds(one), 0) };
}

/** Resident megabytes: of the process alone, and of it with what it forked. */
export function residentMegabytes(pid: number): { alone: number; family: number } {
  const resident = (one: number) => {
    try {
      return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${one}/status`, 'latin1'))?.[1] ?? 0) / 1024;
    } catch {
      return 0; // it ended meanwhile
    }
  };
  return { alone: resident(pid), family: family(pid).reduce((sum, one) => sum + resident(one), 0) };
}
