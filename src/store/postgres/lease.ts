import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startedAt } from './processes.ts';

/** A file that says: this process uses the server. Its name is `pid.start.count`, so that no reader meets half of it. */
export type Lease = { file: string };

let taken = 0;

/** @param folder where all processes that use one cluster keep their leases; made when absent */
export function takeLease(folder: string): Lease {
  taken += 1;
  mkdirSync(folder, { recursive: true });
  const file = join(folder, `${process.pid}.${startedAt(process.pid)}.${taken}`);
  writeFileSync(file, '', { mode: 0o600 });
  return { file };
}

export function dropLease(lease: Lease): void {
  rmSync(lease.file, { force: true });
}

/** How many leases the living hold. Those of the dead, and of a process whose pid is another's by now, are removed. */
export function countLeases(folder: string): number {
  if (!existsSync(folder)) return 0;
  const [dead, alive] = [[] as string[], [] as string[]];
  for (const name of readdirSync(folder)) (isHeld(name) ? alive : dead).push(name);
  for (const name of dead) rmSync(join(folder, name), { force: true });
  return alive.length;
}

function isHeld(name: string): boolean {
  const [pid, start] = name.split('.');
  return startedAt(Number(pid)) === start;
}
