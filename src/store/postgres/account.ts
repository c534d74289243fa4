import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { Failure } from '../../errors.ts';

/** Under whom the server runs when we are root: PostgreSQL refuses root, and it reads what strangers sent. */
export type Account = { uid: number; gid: number };

/**
 * @returns null when we are nobody special: the server then runs as ourselves
 * @throws Failure (permanent) when root finds no account to use
 */
export function serverAccount(): Account | null {
  if (process.getuid?.() !== 0) return null;
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

/** Whether the account can enter a folder, asked of the kernel: modes alone do not tell of ACLs and mounts. */
export function canEnter(account: Account | null, folder: string): boolean {
  return spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', folder], { ...account, cwd: '/', env: {} }).status === 0;
}
