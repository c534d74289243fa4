import { Failure } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { startedAt } from './processes.ts';
import type { Server } from './server.ts';

const lookEveryMs = 1_000;
const afterFailureMs = 10_000;

/**
 * Looks after a server while we use it: one that died (kill -9, out of memory) is started again on the same port, where
 * our pools try again.
 *
 * @param revive finds or starts it; null when it is no longer wanted
 * @param tidy what is done at every look
 */
export function watchServer(server: Server, revive: () => Promise<Server | null>, tidy: () => void, log: Log) {
  let [pid, start] = [server.pid, startedAt(server.pid)];
  let timer: NodeJS.Timeout;
  const wait = (ms: number) => {
    timer = setTimeout(look, ms).unref();
  };
  const look = async () => {
    try {
      tidy();
      if (startedAt(pid) !== start || start === null) {
        log.warn({ pid }, 'the database server is gone');
        const again = await revive();
        if (again === null) return;
        [pid, start] = [again.pid, startedAt(again.pid)];
      }
      wait(lookEveryMs);
    } catch (error) {
      const reason = error instanceof Failure ? error.message : String(error);
      log.error({ reason }, 'the database server cannot be started again; trying on');
      wait(afterFailureMs);
    }
  };
  wait(lookEveryMs);
  return { stop: () => clearTimeout(timer) };
}
