/** Looks for letters that have fallen due, asked for by every mail that was taken in. */
export type LetterSweeps = {
  /** Asks for one; never waited for: whatever it misses the next sweep of everything finds. */
  soon: () => void;
  /** Resolves when all that were asked for have ended, without their pause. @returns how often one was asked for so far */
  settled: () => Promise<number>;
  /** From now on none begins; resolves when none is under way. */
  close: () => Promise<void>;
};

/** A mail that comes alone waits for nothing. Of thirty a second, as in a first import, eight share one look and its jobs. */
const apartMs = 250;

/** @param sweep looks once; keeps its own failures */
export function openLetterSweeps(sweep: () => Promise<void>): LetterSweeps {
  let asked = 0;
  let isWaiting = false;
  let isClosed = false;
  let begunAt = -apartMs;
  let last = Promise.resolve();
  let isHurried = false;
  let wake = () => {};

  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const hurry = () => {
    isHurried = true;
    wake();
  };
  async function look(): Promise<void> {
    const waitMs = begunAt + apartMs - performance.now();
    if (waitMs > 0 && !isHurried) await pause(waitMs);
    isHurried = false;
    isWaiting = false; // whoever asks from here on is not seen by this one
    if (isClosed) return;
    begunAt = performance.now();
    await sweep();
  }

  return {
    soon: () => {
      asked += 1;
      if (isWaiting || isClosed) return;
      isWaiting = true;
      last = last.then(look);
    },
    settled: async () => {
      for (let seen = -1; seen !== asked; ) {
        seen = asked;
        hurry();
        await last;
      }
      return asked;
    },
    close: async () => {
      isClosed = true;
      hurry();
      await last;
    },
  };
}
