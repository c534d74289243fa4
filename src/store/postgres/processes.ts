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
 * The server that runs on a cluster, told by its command line, which everybody may read: what the kernel knows of its
 * folder is closed to root in a container (no CAP_SYS_PTRACE), and the pid in `postmaster.pid` may be another's by now.
 *
 * @param cluster absolute path as the server was given it
 */
export function postmasterOf(cluster: string): number | null {
  const found = commandLines().find(
    ({ words }) => words[0]?.endsWith('/postgres') && words[1] === '-D' && words[2] === cluster,
  );
  return found?.pid ?? null;
}

/** Processes that a dead server left behind; they show the server's `cluster_name`. */
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
