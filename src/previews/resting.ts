import type { Children } from '../documents/pool/children.ts';

/**
 * Children that are opened by the first task and closed when nothing was asked for a while: a review desk is empty most
 * of the day, and idle children hold a hundred megabytes each.
 */
export function openResting<Task, Answer>(open: () => Children<Task, Answer>, idleMs: number) {
  let children: Children<Task, Answer> | null = null;
  let timer: NodeJS.Timeout | undefined;
  let asked = 0;
  const rest = async () => {
    clearTimeout(timer);
    const resting = children;
    children = null;
    await resting?.close();
  };
  return {
    async ask(task: Task) {
      clearTimeout(timer);
      children ??= open();
      asked += 1;
      try {
        return await children.ask(task);
      } finally {
        asked -= 1;
        if (asked === 0) timer = setTimeout(() => void rest(), idleMs).unref();
      }
    },
    /** For good: what is asked from now on is refused by the closed children. */
    async close() {
      clearTimeout(timer);
      children ??= open();
      await children.close();
    },
  };
}
