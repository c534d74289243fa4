import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../errors.ts';
import { asFailure, outputFailure } from './advice.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';

export const role = 'shouli';
/** Lies in the cluster, so that both come into being, are copied and are lost together. */
export const secretFile = 'shouli-secret';
/** UTF-8 whatever the computer is set to; ICU's Chinese order sorts names by pinyin. */
const initdbWords = `-U ${role} -A scram-sha-256 -E UTF8 --locale=C.UTF-8 --locale-provider=icu
  --icu-locale=zh-Hans-CN --data-checksums --no-instructions`.split(/\s+/);

/**
 * Makes the cluster if there is none. It is made aside and renamed: what is called `cluster` is whole.
 *
 * @throws Failure (permanent): another major version made it, no account, no space …
 */
export function makeCluster(place: Place, binaries: Binaries): void {
  if (existsSync(place.cluster)) checkVersion(place.cluster, binaries.major);
  else make(place, binaries);
}

function make(place: Place, binaries: Binaries): void {
  checkAccount(place);
  const half = join(place.state, 'half-made');
  try {
    rmSync(half, { recursive: true, force: true });
    initialise(half, place, binaries);
    renameSync(join(half, 'cluster'), place.cluster);
  } catch (error) {
    throw asFailure(error, place.state);
  } finally {
    rmSync(half, { recursive: true, force: true });
  }
}

function initialise(half: string, { account, state }: Place, { initdb }: Binaries): void {
  const [cluster, secret] = [join(half, 'cluster'), join(half, secretFile)];
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (account) for (const path of [half, secret]) chownSync(path, account.uid, account.gid);
  const { status, stderr, error } = spawnSync(initdb, ['-D', cluster, `--pwfile=${secret}`, ...initdbWords], {
    ...account,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    encoding: 'utf8',
  });
  if (error) throw error;
  if (status !== 0) throw outputFailure(stderr, state, null);
  renameSync(secret, join(cluster, secretFile));
}

export function readSecret(cluster: string): string {
  return readFileSync(join(cluster, secretFile), 'utf8');
}

function checkVersion(cluster: string, major: string): void {
  const made = readFileSync(join(cluster, 'PG_VERSION'), 'utf8').trim();
  if (made === major) return;
  throw new Failure(
    'permanent',
    `数据库文件夹“${cluster}”是 PostgreSQL ${made} 建的，本程序带的是 PostgreSQL ${major}，两者不能混用。` +
      '请改用原来版本的程序；或者把这个文件夹改名留存，再运行 npx shouli rebuild，由原始邮件和日志重建数据库。',
    `cluster of version ${made}, binaries of version ${major}`,
  );
}

/** initdb refuses a user whom the system cannot name; containers with arbitrary uids have such. */
function checkAccount(place: Place): void {
  try {
    if (place.account === null) userInfo();
  } catch (error) {
    const uid = process.getuid?.();
    throw new Failure(
      'permanent',
      `当前用户（uid ${uid}）在系统里没有登记，数据库不能建立。请改用有名字的用户运行` +
        '（容器里去掉 --user，或换成镜像里已有的用户），或用 DATABASE_URL 指定一个 PostgreSQL 数据库。',
      `uid ${uid} has no entry in passwd`,
      { cause: error },
    );
  }
}
