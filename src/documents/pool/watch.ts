import { readFileSync } from 'node:fs';
import type { UnreadableReason } from '../document.ts';

const sampleEveryMs = 50;

/** Bounds for one task in one child. */
export type Bounds = { wallMs: number; residentBytes: number };

/**
 * Watches one child over one task and kills it beyond a bound: a parser in an endless loop hears no request to stop,
 * and no engine bounds memory that lies outside its heap.
 */
export function watchChild(pid: number, { wallMs, residentBytes }: Bounds, onMemory: (bytes: number) => void) {
  let verdict: UnreadableReason | null = null;
  const began = performance.now();
  const kill = (reason: UnreadableReason) => {
    verdict ??= reason;
    killProcess(pid);
  };
  const resident = () => {
    const bytes = residentOf(pid) ?? 0;
    onMemory(bytes);
    return bytes;
  };
  const timers = [
    setInterval(() => {
      if (resident() > residentBytes) kill('out_of_memory');
    }, sampleEveryMs),
    setTimeout(() => kill('timed_out'), wallMs),
  ];
  return {
    /** What the child holds in memory now, in bytes. */
    resident,
    /** How long the task has taken so far. */
    ms: () => performance.now() - began,
    /** Why we killed the child; null when we did not. */
    verdict: () => verdict,
    end() {
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

export type Watch = ReturnType<typeof watchChild>;

/** Kills by number at once; a process that is gone already is what was wanted. */
export function killProcess(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** Resident memory of a process in bytes; null where the system does not say (no /proc) or the process is gone. */
export function residentOf(pid: number): number | null {
  try {
    const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1];
    return kilobytes === undefined ? null : Number(kilobytes) * 1024;
  } catch {
    return null; // gone, or not Linux: the wall clock and the heap limit still hold
  }
}
