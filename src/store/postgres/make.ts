import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../errors.ts';
import { outputFailure } from './advice.ts';
import type { Binaries } from './binaries.ts';
import type { Place } from './place.ts';
import { runningOn } from './processes.ts';
import { putAside } from './state.ts';

export const superuser = 'postgres';
/** Lies in the cluster, so that both come into being, are copied and are lost together. */
const secretName = 'shouli-secret';
/** UTF-8 whatever the computer is set to; ICU's Chinese order sorts names by pinyin. */
const initdbWords = `-U ${superuser} -A scram-sha-256 -E UTF8 --locale=C.UTF-8 --locale-provider=icu
  --icu-locale=zh-Hans-CN --data-checksums --no-instructions`.split(/\s+/);

export const secretFile = (cluster: string) => join(cluster, secretName);

/**
 * Makes a cluster. It is made aside and renamed: what is called `cluster` is whole, whenever the power went.
 *
 * @throws Failure (permanent): no name for this user, no space …
 */
export async function makeCluster(place: Place, { initdb }: Binaries): Promise<void> {
  checkAccount(place);
  const half = join(place.state, 'half-made');
  await clear(half);
  try {
    await initialise(half, place, initdb);
    renameSync(join(half, 'cluster'), place.cluster);
  } finally {
    await clear(half);
  }
}

const notMade = (said: string) =>
  `数据库没有建立成功。请重新启动一次；仍不行时，请把这句话交给技术人员：${said.trim().split('\n').at(-1)}`;

const clearTries = 20;

/**
 * Whoever began it may be dead, and its initdb still at work; or killed just now, and the server that it talks to still
 * writing its last files. rmSync tries again by itself, but looks for new files only once.
 */
async function clear(half: string): Promise<void> {
  for (const pid of runningOn(join(half, 'cluster'), 'initdb')) process.kill(pid, 'SIGKILL');
  for (let tries = 1; ; tries += 1)
    try {
      return rmSync(half, { recursive: true, force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOTEMPTY' || tries === clearTries) throw error;
      await sleep(100);
    }
}

async function initialise(half: string, { account, state }: Place, initdb: string): Promise<void> {
  const [cluster, secret] = [join(half, 'cluster'), join(half, secretName)];
  mkdirSync(half, { mode: 0o700 });
  writeFileSync(secret, randomBytes(24).toString('base64url'), { mode: 0o600 });
  if (account) for (const path of [half, secret]) chownSync(path, account.uid, account.gid);
  const child = spawn(initdb, ['-D', cluster, `--pwfile=${secret}`, ...initdbWords], {
    ...account,
    cwd: '/',
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C.UTF-8' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true, // Ctrl-C is for us: a cluster half made would be told as a fault
  });
  const ended = new Promise<number | null>((resolve, reject) => child.once('error', reject).once('close', resolve));
  const [status, said] = await Promise.all([ended, text(child.stderr)]);
  if (status !== 0) throw outputFailure(said, state, notMade(said));
  renameSync(secret, secretFile(cluster));
}

/**
 * Whether there is a cluster that binaries of a major version can run. What is called so but is none (files were deleted) is put
 * aside.
 *
 * @throws Failure (permanent) when another major version made it
 */
export function hasCluster(cluster: string, major: string): boolean {
  if (!existsSync(cluster)) return false;
  const file = join(cluster, 'PG_VERSION');
  const made = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  if (made !== '' && made !== major) throw otherVersion(cluster, made, major);
  if (made !== '' && existsSync(secretFile(cluster))) return true;
  putAside(cluster);
  return false;
}

const otherVersion = (cluster: string, made: string, major: string) =>
  new Failure(
    'permanent',
    `数据库文件夹“${cluster}”是 PostgreSQL ${made} 建的，本程序带的是 PostgreSQL ${major}，两者不能混用。` +
      '请改用原来版本的程序；或者把这个文件夹改名留存，再运行 npx shouli rebuild，由原始邮件和日志重建数据库。',
    `cluster of version ${made}, binaries of version ${major}`,
  );

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
