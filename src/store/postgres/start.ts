import type { Log } from '../../log.ts';
import { outputFailure } from './advice.ts';
import { findBinaries } from './binaries.ts';
import { boundLogFile } from './log-file.ts';
import { hasCluster, makeCluster } from './make.ts';
import { readNote } from './note.ts';
import { findPlace, type Identity, isUsable, newPlace, type Place } from './place.ts';
import { freePort } from './port.ts';
import { logFile, type Server, startServer } from './server.ts';
import { handOver, moveCluster } from './state.ts';

export type Started = Server & { place: Place };

const tries = 5;

/**
 * Starts the server of a DATA_DIR that none runs for, making what is wanting: state folder, binaries, cluster.
 *
 * @param samePort the server must come back on the port of its last time
 */
export async function startUp(identity: Identity, samePort: boolean, log: Log): Promise<Started> {
  const place = settle(identity, log);
  const binaries = findBinaries(place.state, place.account);
  if (!hasCluster(place, binaries)) await makeCluster(place, binaries);
  handOver(place.cluster, place.account);
  boundLogFile(logFile(place));
  const kept = readNote(identity.dataDir)?.port ?? null;
  let said = '';
  for (let tried = 0; tried < tries; tried += 1) {
    const port = samePort && kept !== null ? kept : await freePort(tried === 0 ? kept : null);
    const server = await startServer(place, binaries.postgres, port);
    if (typeof server !== 'string') return { ...server, place };
    said = server;
    if (samePort || !/could not (?:bind|create any TCP)/.test(said)) break; // else another took the port meanwhile
  }
  throw outputFailure(said, { ...place, log: logFile(place) });
}

/** Where the cluster is or will be; it moves when its account was shut out (somebody closed a folder above). */
function settle(identity: Identity, log: Log): Place {
  const found = findPlace(identity);
  if (found === null) return newPlace(identity);
  if (isUsable(found)) return found;
  const place = newPlace(identity, found.state);
  log.warn({ from: found.state, to: place.state }, 'the database moves: its account no longer gets there');
  moveCluster(found.state, place.state);
  return findPlace(identity) ?? place;
}
