import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, realpathSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Account, canEnter, serverAccount } from './account.ts';
import { asFailure } from './advice.ts';

/** Where one DATA_DIR keeps its database. All paths absolute, free of links. */
export type Place = {
  dataDir: string;
  /** Names this DATA_DIR among all of this computer: 12 hexadecimal digits. */
  id: string;
  /** Everything of the server: cluster, leases, log, perhaps a copy of the binaries. */
  state: string;
  cluster: string;
  account: Account | null;
};

/** @throws Failure when DATA_DIR can neither be found nor made */
export function identify(dataDir: string): { dataDir: string; id: string } {
  try {
    // Root makes it passable, so that the server's account gets to the cluster inside.
    mkdirSync(dataDir, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
    const real = realpathSync(dataDir);
    return { dataDir: real, id: createHash('sha256').update(real).digest('hex').slice(0, 12) };
  } catch (error) {
    throw asFailure(error, dataDir);
  }
}

/**
 * DATA_DIR/database; when we are root and the server's account cannot get there (a clone in root's home, a disk that
 * knows no owners), a state folder of the system. A cluster that is already somewhere stays there.
 *
 * @throws Failure when there is no folder to write
 */
export function choosePlace({ dataDir, id }: { dataDir: string; id: string }): Place {
  const account = serverAccount();
  const inside = join(dataDir, 'database');
  const states = account === null ? [inside] : [inside, `/var/lib/shouli/${id}`, `/var/tmp/shouli-${id}`];
  const place = (state: string): Place => ({ dataDir, id, state, cluster: join(state, 'cluster'), account });
  const made = states.map(place).find(({ cluster }) => existsSync(cluster));
  return made ?? place(firstUsable(states, account));
}

function firstUsable(states: string[], account: Account | null): string {
  let trouble: unknown;
  for (const state of states) {
    try {
      mkdirSync(state, { recursive: true });
      chmodSync(state, account === null ? 0o700 : 0o711); // the account must pass through, nobody need look around
      if (canEnter(account, state)) return state;
      rmdirSync(state);
    } catch (error) {
      trouble = error; // told below if no other folder will do
    }
  }
  throw asFailure(trouble, states[0] ?? '');
}
