import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Failure } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { asFailure } from './advice.ts';
import { openDatabase, role } from './database.ts';
import { beat, beginBeat, endBeat } from './heartbeat.ts';
import { countLeases, dropLease, type Lease, takeLease } from './lease.ts';
import { withLock } from './lock.ts';
import { boundLogFile } from './log-file.ts';
import { secretFile } from './make.ts';
import { writeNote } from './note.ts';
import { findPlace, type Identity, identify, type Place } from './place.ts';
import { findServer, logFile, stopServer } from './server.ts';
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
  const lock = <Result>(work: () => Promise<Result>) => withLock(`shouli-database-${identity.id}`, lockMs, work);
  const { place, server, url, lease } = await lock(() => enter(identity, log));
  let closing: Promise<void> | null = null;
  const revive = () => lock(async () => (closing ? null : (await ensureServer(identity, true, log)).server));
  const watch = watchServer(server, revive, log, () => {
    beat(place.state);
    boundLogFile(logFile(place));
  });
  const close = () => {
    watch.stop();
    closing ??= lock(() => leave(place, lease, log));
    return closing;
  };
  return { url, close };
}

/** Under the lock, like all that follows. A server that is killed under us is started again. */
async function enter(identity: Identity, log: Log, tries = 3) {
  try {
    return await tryEnter(identity, log);
  } catch (error) {
    const place = findPlace(identity);
    const isGone = place === null || (await findServer(place)) === null;
    if (isGone && tries > 1 && error instanceof Failure && error.kind === 'temporary')
      return enter(identity, log, tries - 1);
    if (place) await stopIfUnused(place, log); // what fails half way leaves no server behind
    throw asFailure(error, identity.dataDir);
  }
}

async function tryEnter(identity: Identity, log: Log) {
  const { place, server } = await ensureServer(identity, false, log);
  const url = await openDatabase(server.port, readFileSync(secretFile(place.cluster), 'utf8'));
  beginBeat(place.state);
  return { place, server, url, lease: takeLease(leasesOf(place)) };
}

async function leave(place: Place, lease: Lease, log: Log): Promise<void> {
  dropLease(lease);
  await stopIfUnused(place, log);
}

const leasesOf = ({ state }: Place) => join(state, 'leases');

async function ensureServer(identity: Identity, samePort: boolean, log: Log): Promise<Started> {
  const place = findPlace(identity);
  const running = place && (await findServer(place));
  if (running) {
    log.info(running, 'attached to the running database');
    return { place, server: running };
  }
  const started = await startUp(identity, samePort, log);
  tell(started.place, started.server.port, started.server.pid);
  log.info(started.server, 'database started');
  return started;
}

async function stopIfUnused(place: Place, log: Log): Promise<void> {
  const running = await findServer(place);
  if (!running || countLeases(leasesOf(place)) > 0) return;
  await stopServer(running.pid);
  log.info(running, 'database stopped');
  try {
    endBeat(place.state);
    tell(place, running.port, null);
  } catch (error) {
    log.warn({ reason: String(error) }, 'database.json still names the stopped server'); // a full disk; the next start writes it
  }
}

function tell({ dataDir, state, cluster }: Place, port: number, pid: number | null): void {
  writeNote({ dataDir, state, cluster, role, secretFile: secretFile(cluster), port, pid });
}
