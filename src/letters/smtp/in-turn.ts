/** Work that must not overlap: each begins when the one before has ended, well or not. */
export type Turns = {
  add: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves when all that was added has ended, or after `ms`. */
  settled: (ms: number) => Promise<void>;
};

export function inTurn(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    add: (work) => {
      const mine = last.then(work);
      last = mine.catch(() => undefined); // its caller hears of it; the next in turn need not
      return mine;
    },
    settled: async (ms) => {
      let timer: NodeJS.Timeout | undefined;
      const enough = new Promise<void>((resolve) => {
        timer = setTimeout(resolve, ms);
      });
      await Promise.race([last, enough]);
      clearTimeout(timer);
    },
  };
}
