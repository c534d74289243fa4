import { examine } from './connect.ts';
import { inbox } from './folders.ts';
import type { Line, Session } from './line.ts';

const now = () => performance.now();

/**
 * Waits until INBOX has news, the line is lost and may be tried again, `maxMs` are over, or the signal says stop;
 * never throws. Where the server has IDLE it is asked to tell at once (imapflow on its own would do so 15 s later).
 */
export async function waitForNews(line: Line, maxMs: number, signal: AbortSignal): Promise<void> {
  const end = now() + maxMs;
  while (!line.hasNews() && !signal.aborted && now() < end) {
    const paused = line.pausedMs();
    if (paused === 0) break; // lost, and it is time to connect again
    const changed = change(line, Math.min(end - now(), paused ?? Number.POSITIVE_INFINITY), signal);
    if (paused === null) void line.inTurn(listen).catch(() => undefined); // a loss is a change, the next poll names it
    await changed;
  }
}

/** The first of: the line changed, the time is over, stop. */
function change(line: Line, ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      stop();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, Math.max(0, Math.ceil(ms)));
    const stop = line.onChange(finish);
    signal.addEventListener('abort', finish);
  });
}

/** Starts IDLE on INBOX and leaves it running: the next command of ours ends it. */
async function listen({ client, hasIdle }: Session): Promise<void> {
  if (!hasIdle || client.idling) return;
  if (!client.mailbox || client.mailbox.path !== inbox) await examine(client, inbox);
  void client.idle().catch(() => undefined);
}
