import { Failure } from '../src/errors.ts';
import { sweepDue } from '../src/office/due.ts';
import { pollLimitMs } from '../src/office/health.ts';
import type { Office } from '../src/office/office.ts';
import { isAway } from '../src/store/away.ts';
import { settleLeftInHand } from '../src/store/in-hand.ts';
import { kindOf, reasonOf } from '../src/troubles.ts';

/** How often everything due is handed to the queue anew, whatever became of it. */
const sweepMs = 30_000;
/** After a setback, until it is over. */
const soonMs = 1_000;

/** Sweeps now, every half minute, and soon after database or queue went away: who waits must not wait so long. */
export async function keepSweeping(office: Office): Promise<{ stop: () => void }> {
  let soon: NodeJS.Timeout | null = null;
  let isOver = false;
  const sweepSoon = () => {
    if (isOver) return;
    soon ??= setTimeout(() => {
      soon = null;
      void sweep(office);
    }, soonMs);
  };
  office.setbacks.onAway(sweepSoon);
  office.queue.onRecovered(sweepSoon);
  const regular = setInterval(() => void sweep(office), sweepMs);
  await sweep(office);
  return {
    stop: () => {
      isOver = true;
      clearInterval(regular);
      if (soon) clearTimeout(soon);
    },
  };
}

/** Makes good whatever was left lying: what is due goes to the queue, letters left in hand are settled, staff are told. */
export async function sweep(office: Office): Promise<void> {
  const { db, journal, lettersInHand, setbacks, alarm } = office;
  const steps = [
    () => sweepDue(office),
    () => setbacks.tell(db),
    () => journal.write(),
    () => settleLeftInHand(db, journal, lettersInHand),
    () => alarm('journal', journal.trouble()?.forPerson ?? null),
  ];
  let failure: unknown = null;
  for (const step of steps)
    try {
      await step();
    } catch (error) {
      failure = error;
      notNow(office, error);
      if (isAway(error)) return;
    }
  if (failure === null) office.troubles.sweeps.over();
  await alarm('sweep', alarmOf(office, failure)).catch((error: unknown) => notNow(office, error));
}

/** What staff are told while nothing due is handed out; null while it may still pass by itself, as a restart does. */
function alarmOf({ settings, troubles }: Office, failure: unknown): string | null {
  if (failure === null || troubles.sweeps.lastingMs() < pollLimitMs(settings)) return null;
  const said = failure instanceof Failure ? failure.forPerson : '请联系管理员查看日志';
  return `到期的工作已有 ${Math.floor(troubles.sweeps.lastingMs() / 60_000)} 分钟没有排上。邮件照常收存，不会丢失；原因请看：npx shouli doctor。${said}`;
}

/** Database or queue are away: the next sweep finds everything still due. */
export function notNow({ setbacks, troubles }: Pick<Office, 'setbacks' | 'troubles'>, error: unknown): void {
  if (!setbacks.note(error)) troubles.sweeps.met(kindOf(error), { reason: reasonOf(error) });
}
