import { createHash } from 'node:crypto';
import { existsSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Failure } from '../../errors.ts';
import { type Account, serverAccount } from './account.ts';
import { asFailure } from './advice.ts';
import { readNote } from './note.ts';
import { isOurs, makeFolder, suits } from './state.ts';

/** One DATA_DIR: its path free of links, and a name for it among all of this computer (12 hexadecimal digits). */
export type Identity = { dataDir: string; id: string };

/** Where a DATA_DIR keeps its database. All paths absolute. */
export type Place = Identity & {
  /** Everything of the server: cluster, leases, log, perhaps a copy of the binaries. */
  state: string;
  cluster: string;
  account: Account | null;
};

/** Folders that root makes let the server's account through to the cluster inside; nobody may look around. */
const passable = 0o711;

/** @throws Failure when this is no Linux, or DATA_DIR can neither be found nor made */
export function identify(dataDir: string): Identity {
  if (process.platform !== 'linux')
    throw new Failure(
      'permanent',
      `本程序自带的数据库只能在 Linux 上运行，这里是 ${process.platform}。请用 DATABASE_URL 指定一个 PostgreSQL 数据库。`,
    );
  try {
    makeFolder(resolve(dataDir), process.getuid?.() === 0 ? passable : 0o700);
    const real = realpathSync(dataDir);
    return { dataDir: real, id: createHash('sha256').update(real).digest('hex').slice(0, 12) };
  } catch (error) {
    throw asFailure(error, dataDir);
  }
}

/** Where the cluster is; null when there is none yet. */
export function findPlace(identity: Identity): Place | null {
  const states = [...candidates(identity), ...movedFrom(identity)];
  const state = states.find((each) => existsSync(join(each, 'cluster')) && isTrusted(each, identity));
  return state === undefined ? null : placeIn(state, identity);
}

/**
 * A folder in which the server's account can keep a cluster: DATA_DIR/database, or one of the system's own when the
 * account cannot get there (a clone in root's home) or the disk knows no owners and modes (a Windows disk under WSL).
 *
 * @param but a state folder that will not do
 * @throws Failure when DATA_DIR cannot be written, or none will do
 */
export function newPlace(identity: Identity, but: string | null = null): Place {
  const states = candidates(identity).filter((state) => state !== but);
  const place = states.map((state) => placeIn(state, identity)).find(isUsable);
  if (place) return place;
  throw new Failure(
    'permanent',
    `找不到可以存放数据库的文件夹（试过：${states.join('、')}）。请把 DATA_DIR 设到本机磁盘上、可以写入的文件夹，再重新启动。`,
    `no usable state folder among ${states.join(', ')}`,
  );
}

/** Whether the server's account can (still) keep its cluster there. */
export function isUsable(place: Place): boolean {
  const { state, account } = place;
  try {
    makeFolder(state, account ? passable : 0o700);
  } catch (error) {
    if (isInside(state, place)) throw asFailure(error, state); // elsewhere would not help: DATA_DIR is written too
    return false; // a folder of the system that is not ours to make: the next one
  }
  return isTrusted(state, place) && suits(state, account);
}

function candidates({ dataDir, id }: Identity): string[] {
  const home = process.env.HOME;
  const own = process.getuid?.() === 0 ? ['/var/lib/shouli'] : home ? [join(home, '.local', 'state', 'shouli')] : [];
  return [join(dataDir, 'database'), ...own.map((folder) => join(folder, id)), `/var/tmp/shouli-${id}`];
}

/** In a folder of the system anybody may have made one by our name, with a cluster of theirs in it. */
const isTrusted = (state: string, identity: Identity) => isInside(state, identity) || isOurs(state);
const isInside = (state: string, { dataDir }: Identity) => state === join(dataDir, 'database');

/** DATA_DIR was renamed and its database lies elsewhere. A copy of a DATA_DIR must not open the original's database. */
function movedFrom({ dataDir }: Identity): string[] {
  const note = readNote(dataDir);
  return note === null || note.dataDir === dataDir || readNote(note.dataDir) !== null ? [] : [note.state];
}

function placeIn(state: string, identity: Identity): Place {
  const cluster = join(state, 'cluster');
  return { ...identity, state, cluster, account: serverAccount(cluster) };
}
