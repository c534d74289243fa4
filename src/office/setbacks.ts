import { machineNow, sayMoment } from '../clock.ts';
import type { Log } from '../log.ts';
import { isAway } from '../store/away.ts';
import type { Db } from '../store/database.ts';
import { noteOutage } from '../store/office-state.ts';
import { reasonOf } from '../troubles.ts';

/** The database was away: nothing could be written on any row, so it is told when it answers again. */
export type Setbacks = {
  /**
   * Whoever meets an error at his work brings it here; one that is none of the database's is left alone.
   *
   * @returns whether it was the database's absence: the log has heard of that, its first word is enough
   */
  note: (error: unknown) => boolean;
  /** Called at each note: all that is due wants to be looked for soon. */
  onAway: (listener: () => void) => void;
  /** Writes down, as an alarm that is over and in the log, how long the database was away. */
  tell: (db: Db) => Promise<void>;
};

export function openSetbacks(log: Log): Setbacks {
  const listeners: (() => void)[] = [];
  let since: Date | null = null;
  return {
    note: (error) => {
      if (!isAway(error)) return false;
      if (since === null) log.warn({ reason: reasonOf(error) }, 'database is away');
      since ??= machineNow();
      for (const listener of listeners) listener();
      return true;
    },
    onAway: (listener) => void listeners.push(listener),
    tell: async (db) => {
      if (since === null) return;
      const back = machineNow();
      await noteOutage(db, 'database', said(since, back), since, back);
      log.warn({ since }, 'database answers again');
      since = null;
    },
  };
}

function said(since: Date, back: Date): string {
  const seconds = Math.max(1, Math.round((back.getTime() - since.getTime()) / 1000));
  return `数据库自${sayMoment(since)}起约${seconds}秒没有回应，现已恢复，中断的工作已自动补做`;
}
