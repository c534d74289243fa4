import { clearAlarm, raiseAlarm } from '../store/office-state.ts';
import type { Books } from './books.ts';

/** @param text Chinese, for staff; null: all is well again */
export type Alarm = (kind: string, text: string | null) => Promise<void>;

/**
 * Tells staff and whoever watches the terminal once what is wrong, and that it is over. Every letter that leaves and every
 * look into the mailbox says that all is well: the books hear of it once.
 *
 * @param tell takes a line for the terminal
 */
export function openAlarms({ db, log }: Pick<Books, 'db' | 'log'>, tell: (line: string) => void): Alarm {
  const over = new Set<string>(); // what the books surely hold no alarm of; at the start nothing is sure
  const say = sayAlarms(tell);
  const clear = async (kind: string) => {
    over.add(kind); // before the books are told: an alarm raised meanwhile takes it back
    try {
      if (await clearAlarm(db, kind)) log.warn({ kind }, 'alarm is over');
    } catch (error) {
      over.delete(kind);
      throw error;
    }
  };
  return async (kind, text) => {
    if (text === null && !over.has(kind)) await clear(kind);
    if (text !== null) {
      over.delete(kind);
      if (await raiseAlarm(db, kind, text)) log.error({ kind }, 'alarm raised');
    }
    say(kind, text);
  };
}

/** Each start says it anew: an alarm that the last run left is no news to the books, but it is to who starts again. */
function sayAlarms(tell: (line: string) => void) {
  const said = new Set<string>();
  return (kind: string, text: string | null) => {
    if (text !== null && !said.has(kind)) tell(`警报  ${text}`);
    if (text !== null) said.add(kind);
    else if (said.delete(kind)) tell('警报解除  刚才提示的问题已恢复正常');
  };
}
