import type { Log } from '../../log.ts';
import { outputFailure } from './advice.ts';
import { findBinaries } from './binaries.ts';
import { refuseIfUsedElsewhere } from './heartbeat.ts';
import { boundLogFile } from './log-file.ts';
import { hasCluster, makeCluster } from './make.ts';
import { readNote } from './note.ts';
import { findPlace, type Identity, isUsable, newPlace, type Place } from './place.ts';
import { freePort } from './port.ts';
import { logFile, type Server, startServer } from './server.ts';
import { moveCluster, putInOrder } from './state.ts';

export type Started = { place: Place; server: Server };

const tries = 5;

/**
 * Starts the server of a DATA_DIR that none runs for, making what is wanting: state folder, binaries, cluster.
 *
 * @param samePort the server must come back on the port of its last time
 */
export async function startUp(identity: Identity, samePort: boolean, log: Log): Promise<Started> {
  const place = await settle(identity, log);
  const binaries = findBinaries(place.state, place.account);
  if (!hasCluster(place.cluster, binaries.major)) await makeCluster(place, binaries);
  putInOrder(place.cluster, place.account);
  boundLogFile(logFile(place));
  const kept = readNote(identity.dataDir)?.port ?? null;
  let said = '';
  for (let tried = 0; tried < tries; tried += 1) {
    const port = samePort && kept !== null ? kept : await freePort(tried === 0 ? kept : null);
    const server = await startServer(place, binaries.postgres, port);
    if (typeof server !== 'string') return { place, server };
    said = server;
    const wasTaken = !samePort && /could not (?:bind|create any TCP)/.test(said); // another took the port meanwhile
    const wasKilled = !/FATAL|PANIC/.test(said);
    if (!wasTaken && !wasKilled) break;
  }
  throw outputFailure(said, place.state, noStart(place));
}

const noStart = (place: Place) =>
  `数据库没有启动成功。请重新启动电脑再试一次；仍不行时，请把文件夹“${place.cluster}”改名留存，再运行 npx shouli rebuild，` +
  `由原始邮件和日志重建数据库。给技术人员看的记录在“${logFile(place)}”。`;

/** Where the cluster is or will be; it moves when its account was shut out (somebody closed a folder above). */
async function settle(identity: Identity, log: Log): Promise<Place> {
  const found = findPlace(identity);
  if (found === null) return newPlace(identity);
  await refuseIfUsedElsewhere(found.state);
  if (isUsable(found)) return found;
  const place = newPlace(identity, found.state);
  log.warn({ from: found.state, to: place.state }, 'the database moves: its account no longer gets there');
  moveCluster(found.state, place.state);
  return findPlace(identity) ?? place;
}
