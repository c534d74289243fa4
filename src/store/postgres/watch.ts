import { Failure } from '../../errors.ts';
import type { Log } from '../../log.ts';
import { startedAt } from './processes.ts';
import type { Server } from './server.ts';

const lookEveryMs = 2_000;
const afterFailureMs = 10_000;

/**
 * Looks after a server while we use it: one that died (kill -9, out of memory) is started again on the same port, where
 * our pools try again.
 *
 * @param revive finds or starts it; null when it is no longer wanted
 * @param tidy what else is done at every look
 */
export function watchServer(server: Server, revive: () => Promise<Server | null>, log: Log, tidy: () => void) {
  let [pid, start] = [server.pid, startedAt(server.pid)];
  let timer: NodeJS.Timeout | null = null;
  let isOver = false;
  const wait = (ms: number) => {
    if (!isOver) timer = setTimeout(look, ms).unref();
  };
  const look = async () => {
    try {
      tidy();
      if (start === null || startedAt(pid) !== start) {
        log.warn({ pid }, 'the database server is gone');
        const again = await revive();
        if (again) [pid, start] = [again.pid, startedAt(again.pid)];
      }
      wait(lookEveryMs);
    } catch (error) {
      const reason = error instanceof Failure ? error.message : String(error);
      log.error({ reason }, 'looking after the database server failed; trying on');
      wait(afterFailureMs);
    }
  };
  wait(lookEveryMs);
  return {
    stop() {
      isOver = true;
      if (timer) clearTimeout(timer);
    },
  };
}
