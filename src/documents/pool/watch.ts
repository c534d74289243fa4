import { readFileSync } from 'node:fs';
import type { UnreadableReason } from '../document.ts';

const sampleEveryMs = 50;

/**
 * Time in which a child waited for a processor does not count: a busy computer is no fault of the file, and the same file
 * must not be readable today and unreadable tomorrow. But no longer than so many times the limit.
 */
const mostPatience = 8;

/** Bounds for one task in one child; `wallMs` as it passes for a child that is not kept waiting for a processor. */
export type Bounds = { wallMs: number; residentBytes: number };

/**
 * Watches one child over one task and kills it beyond a bound: a parser in an endless loop hears no request to stop,
 * and no engine bounds memory that lies outside its heap.
 */
export function watchChild(pid: number, { wallMs, residentBytes }: Bounds, onMemory: (bytes: number) => void) {
  let verdict: UnreadableReason | null = null;
  const began = performance.now();
  const waitedBefore = waitedMs(pid);
  const kill = (reason: UnreadableReason) => {
    verdict ??= reason;
    killProcess(pid);
  };
  const resident = () => {
    const bytes = residentOf(pid) ?? 0;
    onMemory(bytes);
    return bytes;
  };
  const sample = () => {
    if (resident() > residentBytes) return kill('out_of_memory');
    const ms = performance.now() - began;
    if (ms >= wallMs && (ms >= wallMs * mostPatience || ms - waitedMs(pid) + waitedBefore >= wallMs)) kill('timed_out');
  };
  const timer = setInterval(sample, Math.min(sampleEveryMs, wallMs));
  return {
    /** What the child holds in memory now, in bytes. */
    resident,
    /** How long the task has taken so far. */
    ms: () => performance.now() - began,
    /** Why we killed the child; null when we did not. */
    verdict: () => verdict,
    end: () => clearInterval(timer),
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

/** How long the main thread of a process has waited for a processor so far; 0 where the system does not say. */
function waitedMs(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/schedstat`, 'latin1').split(' ')[1] ?? 0) / 1e6;
  } catch {
    return 0; // as above: then the wall clock alone holds
  }
}
