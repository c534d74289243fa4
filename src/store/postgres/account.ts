import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { Failure } from '../../errors.ts';

/** Under whom the server runs when we are root: PostgreSQL refuses root, and it keeps what strangers sent. */
export type Account = { uid: number; gid: number };

/**
 * @param cluster whoever owns it already goes on with it: an ordinary user may have made it before root came
 * @returns null when we are nobody special: the server then runs as ourselves
 * @throws Failure (permanent) when root finds no account to use
 */
export function serverAccount(cluster: string): Account | null {
  if (process.getuid?.() !== 0) return null;
  const { uid, gid } = existsSync(cluster) ? statSync(cluster) : { uid: 0, gid: 0 };
  return uid > 0 ? { uid, gid } : unprivileged();
}

function unprivileged(): Account {
  const accounts = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = accounts.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) };
  }
  throw new Failure(
    'permanent',
    '现在以 root 运行，而数据库不能以 root 运行，系统里又没有 postgres 或 nobody 帐号可用。请改用普通用户运行本程序。',
    'root, and neither account postgres nor nobody in /etc/passwd',
  );
}

/**
 * Whether the account gets to a folder and may write there. Asked of the kernel: modes alone do not tell of the folders
 * above, of access lists and of mounts.
 */
export function canWrite(account: Account | null, folder: string): boolean {
  const words = ['-c', 'cd -- "$1" && : > probe && rm probe', 'sh', folder];
  return spawnSync('/bin/sh', words, { ...account, cwd: '/', env: { PATH: '/usr/bin:/bin' } }).status === 0;
}
