import { join } from 'node:path';
import type { Log } from '../../log.ts';
import { asFailure } from './advice.ts';
import { findBinaries } from './binaries.ts';
import { openDatabase } from './database.ts';
import { countLeases, dropLease, takeLease } from './lease.ts';
import { withLock } from './lock.ts';
import { makeCluster, readSecret, role, secretFile } from './make.ts';
import { readNote, writeNote } from './note.ts';
import { choosePlace, identify, type Place } from './place.ts';
import { findServer, type Server, startServer, stopServer } from './server.ts';

/** `url`: the database `shouli` over 127.0.0.1. `close` gives it back; the last one to do so stops the server. */
export type Cluster = { url: string; close: () => Promise<void> };

const lockMs = 180_000;

/**
 * The embedded PostgreSQL of a DATA_DIR: attaches to the server that runs on it, else starts one, making the cluster
 * the first time. Each opening holds a lease; the server outlives an opener that dies, the next one attaches to it.
 *
 * @throws Failure with advice for whoever is at the screen
 */
export async function openCluster({ dataDir, log }: { dataDir: string; log: Log }): Promise<Cluster> {
  const identity = identify(dataDir);
  const lock = `shouli-database-${identity.id}`;
  return withLock(lock, lockMs, async () => {
    const place = choosePlace(identity);
    const leases = join(place.state, 'leases');
    const server = await ensureServer(place, log);
    const url = await openDatabase(server.port, role, readSecret(place.cluster));
    const lease = takeLease(leases);
    let closing: Promise<void> | null = null;
    const leave = async () => {
      dropLease(lease);
      if (countLeases(leases) === 0) await stop(place, log);
    };
    return { url, close: () => (closing ??= withLock(lock, lockMs, leave)) };
  });
}

async function ensureServer(place: Place, log: Log): Promise<Server> {
  try {
    const running = await findServer(place);
    if (running) log.info(running, 'attached to the running database');
    const server = running ?? (await start(place, log));
    return server;
  } catch (error) {
    throw asFailure(error, place.state);
  }
}

async function start(place: Place, log: Log): Promise<Server> {
  const binaries = findBinaries(place.state, place.account);
  makeCluster(place, binaries);
  const server = await startServer(place, binaries, readNote(place)?.port ?? null);
  tell(place, server.port, server.pid);
  log.info(server, 'database started');
  return server;
}

async function stop(place: Place, log: Log): Promise<void> {
  const running = await findServer(place);
  if (!running) return;
  await stopServer(running.pid);
  tell(place, running.port, null);
  log.info(running, 'database stopped');
}

function tell(place: Place, port: number, pid: number | null): void {
  const { state, cluster } = place;
  writeNote(place, { state, cluster, secretFile: join(cluster, secretFile), role, port, pid });
}
