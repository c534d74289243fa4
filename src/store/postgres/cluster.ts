import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Log } from '../../log.ts';
import { asFailure } from './advice.ts';
import { openDatabase, role } from './database.ts';
import { countLeases, dropLease, takeLease } from './lease.ts';
import { withLock } from './lock.ts';
import { boundLogFile } from './log-file.ts';
import { secretFile } from './make.ts';
import { writeNote } from './note.ts';
import { findPlace, type Identity, identify, type Place } from './place.ts';
import { findServer, logFile, type Server, stopServer } from './server.ts';
import { type Started, startUp } from './start.ts';
import { watchServer } from './watch.ts';

export type Cluster = {
  /** The database `shouli` over 127.0.0.1, with its role and password. */
  url: string;
  /** Gives it back; the last one to do so stops the server and waits for it. */
  close: () => Promise<void>;
};

const lockMs = 180_000;

/**
 * The embedded PostgreSQL of a DATA_DIR: attaches to the server that runs on it, else starts one, making the cluster
 * the first time. Each opening holds a lease; the server outlives an opener that dies, and the next one attaches to it.
 *
 * @throws Failure with advice for whoever is at the screen
 */
export async function openCluster({ dataDir, log }: { dataDir: string; log: Log }): Promise<Cluster> {
  const identity = identify(dataDir);
  const lock = `shouli-database-${identity.id}`;
  return withLock(lock, lockMs, async () => {
    const server = await ensureServer(identity, false, log);
    const { place } = server;
    const leases = join(place.state, 'leases');
    const lease = takeLease(leases);
    const leave = async () => {
      dropLease(lease);
      if (countLeases(leases) === 0) await stop(place, log);
    };
    let closing: Promise<void> | null = null;
    const revive = () => withLock(lock, lockMs, async () => (closing ? null : ensureServer(identity, true, log)));
    try {
      const url = await openDatabase(server.port, readFileSync(secretFile(place.cluster), 'utf8'));
      const watch = watchServer(server, revive, () => boundLogFile(logFile(place)), log);
      const close = () => {
        watch.stop();
        closing ??= withLock(lock, lockMs, leave);
        return closing;
      };
      return { url, close };
    } catch (error) {
      await leave();
      throw error;
    }
  });
}

async function ensureServer(identity: Identity, samePort: boolean, log: Log): Promise<Started> {
  try {
    const place = findPlace(identity);
    const running = place && (await findServer(place));
    if (running) {
      log.info(running, 'attached to the running database');
      return { ...running, place };
    }
    const started = await startUp(identity, samePort, log);
    tell(started.place, started.port, started.pid);
    log.info({ pid: started.pid, port: started.port }, 'database started');
    return started;
  } catch (error) {
    throw asFailure(error, identity.dataDir);
  }
}

async function stop(place: Place, log: Log): Promise<void> {
  const running: Server | null = await findServer(place);
  if (!running) return;
  await stopServer(running.pid);
  tell(place, running.port, null);
  log.info(running, 'database stopped');
}

function tell({ dataDir, state, cluster }: Place, port: number, pid: number | null): void {
  writeNote({ dataDir, state, cluster, role, secretFile: secretFile(cluster), port, pid });
}
