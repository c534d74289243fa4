import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, lchownSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, canWrite } from './account.ts';

/** Makes a state folder; one that serves another account lets it pass, whatever root's umask says. */
export function makeState(state: string, account: Account | null): void {
  const first = mkdirSync(state, { recursive: true, mode: 0o700 });
  if (account === null) return;
  for (let made = state; first !== undefined && made.length >= first.length; made = join(made, '..'))
    chmodSync(made, 0o711);
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

/** A cluster whose owner is not the account any more (copied by root, the account was removed) is made over to it. */
export function handOver(cluster: string, account: Account | null): void {
  const { uid, gid } = account ?? {};
  if (uid === undefined || gid === undefined || statSync(cluster).uid === uid) return;
  lchownSync(cluster, uid, gid);
  for (const name of readdirSync(cluster, { recursive: true, encoding: 'utf8' }))
    lchownSync(join(cluster, name), uid, gid);
}

/** Brings a cluster that no server runs on to another state folder, whole or not at all. */
export function moveCluster(from: string, to: string): void {
  const half = join(to, 'half-moved');
  rmSync(half, { recursive: true, force: true });
  // cp keeps owners and modes, which Node's own copy does not.
  const { status, stderr, error } = spawnSync('cp', ['-a', '--', join(from, 'cluster'), half], { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`cp: ${stderr}`);
  renameSync(half, join(to, 'cluster'));
  rmSync(join(from, 'cluster'), { recursive: true });
}
