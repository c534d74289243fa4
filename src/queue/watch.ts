import type { Failure } from '../errors.ts';
import type { Log } from '../log.ts';
import { kindOf, openTroubleLog } from '../troubles.ts';
import { freeAbandoned } from './abandoned.ts';
import type { Crew } from './crew.ts';
import { isPermanent, stoppedAlarm } from './trouble.ts';

/** After a trouble the server gets this long before we ask what became of our jobs, milliseconds. */
const recoverAfterMs = 2_000;

export type Watch = {
  /** Every error of connections and workers comes here; none is thrown at anybody. */
  onError: (error: Error) => void;
  onTrouble: (listener: (trouble: Failure) => void) => void;
  onRecovered: (listener: () => void) => void;
  close: () => void;
};

/**
 * Stands over the workers. A passing trouble is logged and its traces are mended; one that no retry mends stops all
 * work with one alarm, for BullMQ would try thousands of times a second.
 *
 * @param crews those at work, also who joins later
 */
export function openWatch(crews: Crew[], log: Log): Watch {
  const troubles = openTroubleLog(log, { met: 'queue trouble', over: 'queue answers again' });
  const listeners: ((trouble: Failure) => void)[] = [];
  const recovered: (() => void)[] = [];
  let isStopped = false;
  let isClosed = false;
  let recovery: NodeJS.Timeout | null = null;

  function stop(error: Error): void {
    for (const crew of crews) void crew.worker.pause(true);
    if (isStopped) return;
    isStopped = true;
    const alarm = stoppedAlarm(error);
    log.error({ err: error }, alarm.message);
    for (const listener of listeners) listener(alarm);
  }

  function onError(error: Error): void {
    if (isClosed) return; // connections end noisily when they are taken down
    if (isPermanent(error)) {
      stop(error);
      return;
    }
    troubles.met(kindOf(error), { err: error });
    recovery ??= setTimeout(recover, recoverAfterMs);
  }

  async function recover(): Promise<void> {
    try {
      await Promise.all(crews.map(callBack));
      for (const listener of recovered) listener();
      await Promise.all(crews.map((crew) => freeAbandoned(crew, false)));
      recovery = null;
      troubles.over();
    } catch (error) {
      recovery = null;
      onError(error instanceof Error ? error : new Error(String(error)));
    }
  }

  return {
    onError,
    onTrouble: (listener) => void listeners.push(listener),
    onRecovered: (listener) => void recovered.push(listener),
    close: () => {
      isClosed = true;
      if (recovery) clearTimeout(recovery);
    },
  };
}

/** Calls the worker's named connection back: it is how other processes see that we live. */
async function callBack(crew: Crew): Promise<void> {
  await crew.worker.getBackend().setName(crew.worker.getBackend().clientName(`:w:${crew.name}`));
}
