import { closeSync, openSync } from 'node:fs';
import workerpool from 'workerpool';
import { dieWithParent } from './orphan.ts';

/**
 * Makes this process a child of `children.ts`: nothing to read from but its parent, ended when the parent ends. Tells
 * the parent when it begins with a task, because only then the file can be to blame.
 *
 * @param work what to do with each task
 * @param warm loads what most tasks need
 */
export function serve<Task, Answer>(
  work: (task: Task) => Answer | Promise<Answer>,
  warm: () => Promise<void> = async () => {},
): void {
  closeStandardInput();
  const { during } = dieWithParent();
  workerpool.worker({
    warm,
    work: (task: Task) =>
      during(() => {
        workerpool.workerEmit({ begun: process.pid });
        return work(task);
      }),
  });
}

/** The pool gives every child an open standard input and takes no word about it. */
function closeStandardInput(): void {
  if (process.platform === 'win32') return;
  closeSync(0);
  openSync('/dev/null', 'r'); // takes the number that got free, so that no file opened later is taken for it
}
