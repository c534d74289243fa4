/** Looks for letters that have fallen due, asked for by every mail that was taken in. */
export type LetterSweeps = {
  /** At once, or when the next one is due; never waited for, for whatever it misses the next sweep finds. */
  soon: () => void;
  /** Resolves when none is under way; from then on none begins. */
  close: () => Promise<void>;
};

/** A mail that comes alone waits for nothing. Of thirty a second, as in a first import, eight share one look and its jobs. */
const apartMs = 250;

/** @param sweep looks once; keeps its own failures */
export function openLetterSweeps(sweep: () => Promise<void>): LetterSweeps {
  let next: NodeJS.Timeout | null = null;
  let last = Promise.resolve();
  let begunAt = -apartMs;
  let isClosed = false;
  const begin = () => {
    next = null;
    begunAt = performance.now();
    last = last.then(sweep);
  };
  return {
    soon: () => {
      if (!isClosed) next ??= setTimeout(begin, Math.max(0, begunAt + apartMs - performance.now()));
    },
    close: async () => {
      isClosed = true;
      if (next) clearTimeout(next);
      await last;
    },
  };
}
