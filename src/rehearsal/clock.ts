import type { Clock } from '../clock.ts';

/** Office time that stands still until somebody moves it on: a whole July passes while a cup of tea draws. */
export type RehearsalClock = Clock & { jumpTo: (at: Date) => void };

export function rehearsalClock(start: Date): RehearsalClock {
  let at = start;
  return {
    now: () => at,
    jumpTo: (later) => {
      if (later > at) at = later;
    },
  };
}
