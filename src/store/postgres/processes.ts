import { readdirSync, readFileSync } from 'node:fs';

/**
 * When a process began, in clock ticks since the computer did (proc(5), field 22 of stat): with the pid it names one
 * process for good, whatever pid is given out again. Null: there is none, or only its zombie.
 */
export function startedAt(pid: number): string | null {
  const stat = read(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets and may itself hold brackets and spaces.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return fields[0] === 'Z' || fields[0] === 'X' ? null : (fields[19] ?? null);
}

/**
 * Processes of a program that was started with `-D folder`, told by their command lines, which everybody may read: what
 * the kernel knows of their folders is closed to root in a container (no CAP_SYS_PTRACE), and the pid in
 * `postmaster.pid` may be another's by now.
 *
 * @param folder absolute, in the very words the program was given
 */
export function runningOn(folder: string, program: 'postgres' | 'initdb'): number[] {
  return commandLines()
    .filter(({ words }) => words[0]?.endsWith(`/${program}`) && words[1] === '-D' && words[2] === folder)
    .map(({ pid }) => pid);
}

/** Processes that belong to a server, or that a dead one left behind: their titles show its `cluster_name`. */
export function childrenOf(clusterName: string): number[] {
  return commandLines()
    .filter(({ words }) => words[0]?.startsWith(`postgres: ${clusterName}: `))
    .map(({ pid }) => pid);
}

function commandLines(): { pid: number; words: string[] }[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => ({ pid: Number(name), words: (read(`/proc/${name}/cmdline`) ?? '').split('\0') }));
}

/** Null when the process ended in between, or is not ours to see. */
function read(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
