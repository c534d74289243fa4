import { examine } from './connect.ts';
import { inbox } from './folders.ts';
import type { Line, Session } from './line.ts';

const now = () => performance.now();
/** setTimeout takes no more than 24.8 days and calls anything above 1 ms. */
const longestMs = 86_400_000;
/** An IDLE that ended is begun again after this pause, lest one that ends at once keep us busy. */
const againMs = 1_000;

/**
 * Waits until INBOX has news, the line is lost and may be tried again, `maxMs` are over, or the signal says stop;
 * never throws. Where the server has IDLE it is asked to tell at once (imapflow on its own would do so 15 s later).
 */
export async function waitForNews(line: Line, maxMs: number, signal: AbortSignal): Promise<void> {
  const end = now() + Math.min(maxMs, longestMs);
  while (!line.hasNews() && !signal.aborted && now() < end) {
    const paused = line.pausedMs();
    if (paused === 0) return; // lost, and it is time to connect again
    const listening = paused === null ? listen(line) : null;
    await change(line, Math.min(end - now(), paused ?? longestMs), signal, listening);
  }
}

/** The first of: news or a loss, the end of IDLE, the time is over, stop. */
function change(line: Line, ms: number, signal: AbortSignal, listening: Promise<void> | null): Promise<void> {
  return new Promise((resolve) => {
    let timer: NodeJS.Timeout;
    let isOver = false;
    const finish = () => {
      isOver = true;
      clearTimeout(timer);
      forget();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const finishIn = (pause: number) => {
      clearTimeout(timer);
      timer = setTimeout(finish, Math.ceil(Math.max(pause, 0)));
    };
    const forget = line.onChange(finish);
    signal.addEventListener('abort', finish);
    finishIn(ms);
    void listening?.then(() => !isOver && finishIn(Math.min(againMs, ms)));
  });
}

/** Has IDLE run on INBOX. @returns when it ended, by a command of ours or of itself; never where it cannot run */
async function listen(line: Line): Promise<void> {
  const started = line.inTurn(async (session) => {
    if (session.hasIdle && (await startIdle(session))) line.noteNews();
    return session;
  });
  const session = await started.catch(() => null); // lost, which is a change, or refused: the next poll names it
  await (session?.idle ?? new Promise(() => undefined));
}

/**
 * IDLE runs on while others wait for their turn: the next command ends it.
 *
 * @returns whether INBOX had to be opened anew: what came into it while another folder was open raised no event
 */
async function startIdle(session: Session): Promise<boolean> {
  const { client } = session;
  if (session.idle) return false;
  const wasAway = !client.mailbox || client.mailbox.path !== inbox;
  if (wasAway) await examine(client, inbox);
  session.idle = client.idle().then(
    (answer) => {
      session.idle = null;
      if (answer === false) session.hasIdle = false; // refused: the poll interval has to do
    },
    () => {
      session.idle = null; // the line was lost
    },
  );
  return wasAway;
}
