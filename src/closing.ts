/** What was opened, to be closed in reverse order however the work in between ends. */
export type Closing = {
  /** @returns the thing itself, so that it can be noted where it is opened */
  add: <Opened extends { close: () => Promise<unknown> }>(opened: Opened) => Opened;
  closeAll: () => Promise<void>;
};

/** Runs `work` and then closes all that it noted; the first error counts, also when a later closing fails too. */
export async function withClosing<Result>(work: (closing: Closing) => Promise<Result>): Promise<Result> {
  const opened: { close: () => Promise<unknown> }[] = [];
  const closing: Closing = {
    add: (one) => {
      opened.push(one);
      return one;
    },
    closeAll: async () => {
      const failures: unknown[] = [];
      for (let one = opened.pop(); one; one = opened.pop()) await one.close().catch((error) => failures.push(error));
      if (failures.length > 0) throw failures[0];
    },
  };
  try {
    const result = await work(closing);
    await closing.closeAll();
    return result;
  } catch (error) {
    await closing.closeAll().catch(() => {}); // the error that ended the work is the one to tell
    throw error;
  }
}
