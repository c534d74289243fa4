import { closeSync, openSync } from 'node:fs';
import workerpool from 'workerpool';
import type { ReadFile } from '../document.ts';
import type { NamedFile } from '../sniff/sniffed.ts';
import { dieWithParent } from './orphan.ts';

/**
 * Makes this process a child of the reader: nothing to read from but its parent, ended when the parent ends. Tells the
 * parent when it begins with a file, because only then the file can be to blame.
 *
 * @param read what to do with each file
 * @param warm loads what most files need
 */
export function serve(read: ReadFile, warm: () => Promise<void> = async () => {}): void {
  closeStandardInput();
  const { during } = dieWithParent();
  workerpool.worker({
    warm,
    read: (file: NamedFile) =>
      during(() => {
        workerpool.workerEmit({ begun: process.pid });
        return read(file);
      }),
  });
}

/** The pool gives every child an open standard input and takes no word about it. */
function closeStandardInput(): void {
  if (process.platform === 'win32') return;
  closeSync(0);
  openSync('/dev/null', 'r'); // takes the number that got free, so that no file opened later is taken for it
}
