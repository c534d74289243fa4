import type { FromChild, ToChild } from './letters.ts';
import { dieWithParent } from './orphan.ts';

/**
 * Makes this process a child of `children.ts`: it does what it is asked in order, one thing at a time, and ends when the
 * parent ends. Says when it is ready, because only from then on can a task be to blame for its end.
 *
 * @param work what to do with each task, and with what the parent told before the first
 * @param warm loads what most tasks need
 */
export function serve<Task, Answer, Known = unknown>(
  work: (task: Task, known: Known) => Answer | Promise<Answer>,
  warm: () => Promise<void> = async () => {},
): void {
  const { during } = dieWithParent();
  let known = undefined as Known;
  const tell = (letter: FromChild<Answer>) => process.send?.(letter);
  const done = async (asked: Exclude<ToChild<Task>, { know: unknown }>): Promise<FromChild<Answer>> => {
    try {
      if ('task' in asked) return { answer: await during(() => work(asked.task, known)) };
      await warm();
      return { warm: true };
    } catch (error) {
      return { fault: error instanceof Error ? error.message : String(error) }; // a fault of ours, and the parent says so
    }
  };
  let before = Promise.resolve();
  process.on('message', (asked: ToChild<Task>) => {
    before = before.then(async () => {
      if ('know' in asked) known = asked.know as Known;
      else tell(await done(asked));
    });
  });
  process.on('disconnect', () => process.exit());
  tell({ ready: true });
}
