import { spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  chownSync,
  constants,
  existsSync,
  lchownSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type Account, canWrite } from './account.ts';

/** Makes a folder and those above it that are wanting, all of one mode, whatever the umask says. */
export function makeFolder(folder: string, mode: number): void {
  try {
    const first = mkdirSync(folder, { recursive: true });
    for (let made = folder; first && made.length >= first.length; made = dirname(made)) chmodSync(made, mode);
  } catch (error) {
    // On a read-only disk Node says that the folder is not there; asking for the right to write tells the truth.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') accessSync(nearest(folder), constants.W_OK);
    throw error;
  }
}

function nearest(folder: string): string {
  return existsSync(folder) ? folder : nearest(dirname(folder));
}

/** A folder, no link to one, that belongs to whom we are. */
export function isOurs(folder: string): boolean {
  const found = lstatSync(folder);
  return found.isDirectory() && found.uid === process.getuid?.();
}

/** Whether a folder made there can be given to the account, keeps mode 700 (PostgreSQL insists), and can be written. */
export function suits(state: string, account: Account | null): boolean {
  const probe = join(state, 'probe');
  rmSync(probe, { recursive: true, force: true });
  mkdirSync(probe, { mode: 0o700 });
  const isOwned = !account || give(probe, account);
  const isPrivate = (statSync(probe).mode & 0o077) === 0;
  const answer = isOwned && isPrivate && canWrite(account, probe);
  rmSync(probe, { recursive: true, force: true });
  if (!answer && readdirSync(state).length === 0) rmdirSync(state);
  return answer;
}

function give(path: string, { uid, gid }: Account): boolean {
  try {
    chownSync(path, uid, gid);
    return statSync(path).uid === uid;
  } catch {
    return false; // a disk without owners, or one that root may not rule (NFS)
  }
}

/**
 * Gives a cluster the owner and the mode that PostgreSQL insists on: root copied it, the account was removed, or somebody
 * opened the whole folder with `chmod -R 777`.
 */
export function putInOrder(cluster: string, account: Account | null): void {
  const { uid } = statSync(cluster);
  if (account && uid !== account.uid)
    for (const name of [...readdirSync(cluster, { recursive: true, encoding: 'utf8' }), ''])
      lchownSync(join(cluster, name), account.uid, account.gid); // the folder itself last: it tells whether all is done
  if ((statSync(cluster).mode & 0o777) !== 0o700) chmodSync(cluster, 0o700);
}

/** Renames what is not to be used: nothing is ever thrown away. */
export function putAside(cluster: string): void {
  let aside = 1;
  while (existsSync(`${cluster}-aside-${aside}`)) aside += 1;
  renameSync(cluster, `${cluster}-aside-${aside}`);
}

/** Brings a cluster that no server runs on to another state folder, whole or not at all. */
export function moveCluster(from: string, to: string): void {
  const half = join(to, 'half-moved');
  rmSync(half, { recursive: true, force: true });
  run('cp', ['-a', '--', join(from, 'cluster'), half]); // keeps owners and modes, which Node's own copy does not
  run('sync', ['-f', half]); // before the original goes
  if (existsSync(join(to, 'cluster'))) putAside(join(to, 'cluster')); // a move that the power ended before its last step
  renameSync(half, join(to, 'cluster'));
  rmSync(join(from, 'cluster'), { recursive: true });
}

function run(program: string, words: string[]): void {
  const { status, stderr, error } = spawnSync(program, words, { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${program}: ${stderr}`);
}
