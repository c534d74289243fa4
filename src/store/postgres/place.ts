import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { Failure } from '../../errors.ts';
import { type Account, serverAccount } from './account.ts';
import { asFailure } from './advice.ts';
import { readNote } from './note.ts';
import { makeState, suits } from './state.ts';

/** One DATA_DIR: its path free of links, and a name for it among all of this computer (12 hexadecimal digits). */
export type Identity = { dataDir: string; id: string };

/** Where a DATA_DIR keeps its database. All paths absolute. */
export type Place = Identity & {
  /** Everything of the server: cluster, leases, log, perhaps a copy of the binaries. */
  state: string;
  cluster: string;
  account: Account | null;
};

/** @throws Failure when DATA_DIR can neither be found nor made */
export function identify(dataDir: string): Identity {
  try {
    // Root makes it passable, so that the server's account gets to the cluster inside.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const real = realpathSync(dataDir);
    return { dataDir: real, id: createHash('sha256').update(real).digest('hex').slice(0, 12) };
  } catch (error) {
    throw asFailure(error, dataDir);
  }
}

/** Where the cluster is; null when there is none yet. */
export function findPlace(identity: Identity): Place | null {
  const states = [...candidates(identity), ...movedFrom(identity)];
  const state = states.find((each) => existsSync(join(each, 'cluster')));
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
export function isUsable({ state, account, dataDir }: Place): boolean {
  try {
    makeState(state, account);
  } catch (error) {
    if (state.startsWith(dataDir)) throw asFailure(error, state); // elsewhere would not help: DATA_DIR is written too
    return false; // a folder of the system that is not ours to make: the next one
  }
  return suits(state, account);
}

function candidates({ dataDir, id }: Identity): string[] {
  const own = process.getuid?.() === 0 ? '/var/lib/shouli' : join(homedir(), '.local', 'state', 'shouli');
  return [join(dataDir, 'database'), join(own, id), `/var/tmp/shouli-${id}`];
}

/** DATA_DIR was renamed and its database lies elsewhere. A copy of a DATA_DIR must not open the original's database. */
function movedFrom({ dataDir }: Identity): string[] {
  const note = readNote(dataDir);
  return note === null || note.dataDir === dataDir || readNote(note.dataDir) !== null ? [] : [note.state];
}

function placeIn(state: string, identity: Identity): Place {
  const cluster = join(state, 'cluster');
  return { ...identity, state, cluster, account: serverAccount(cluster) };
}
