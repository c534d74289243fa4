import { readFileSync } from 'node:fs';
import type { UnreadableReason } from '../document.ts';

const sampleEveryMs = 50;

/** Bounds for one file in one child. */
export type Bounds = { wallMs: number; residentBytes: number };

/** What a child tells while it works: that it began (its process id), or a piece of its error output. */
export type ChildEvent = { begun?: number; stderr?: string };

/**
 * Watches one child over one file and kills it beyond a bound: a parser in an endless loop hears no request to stop,
 * and no pool bounds memory that lies outside V8's heap.
 */
export function watchChild({ wallMs, residentBytes }: Bounds, onMemory: (bytes: number) => void) {
  let pid: number | null = null;
  let said = '';
  let verdict: UnreadableReason | null = null;
  const timers: NodeJS.Timeout[] = [];
  const resident = () => {
    const bytes = (pid === null ? null : residentOf(pid)) ?? 0;
    onMemory(bytes);
    return bytes;
  };
  const kill = (reason: UnreadableReason) => {
    verdict ??= reason;
    if (pid !== null) killProcess(pid);
  };
  return {
    hear(event: ChildEvent) {
      said = (said + (event.stderr ?? '')).slice(-4_096);
      if (event.begun === undefined) return;
      pid = event.begun;
      const sample = () => {
        if (resident() > residentBytes) kill('out_of_memory');
      };
      timers.push(
        setInterval(sample, sampleEveryMs),
        setTimeout(() => kill('timed_out'), wallMs),
      );
    },
    /** The child that works on the file; null before one began. */
    child: () => pid,
    /** Stops watching. @returns what the child holds in memory now, in bytes */
    end(): number {
      for (const timer of timers.splice(0)) clearTimeout(timer);
      return resident();
    },
    /** Why the child died: our own verdict, or V8's last words at its heap limit, or nobody knows. */
    reason: (): UnreadableReason => verdict ?? (/heap out of memory/.test(said) ? 'out_of_memory' : 'crashed'),
  };
}

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
