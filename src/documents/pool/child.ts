import { closeSync, openSync } from 'node:fs';
import workerpool from 'workerpool';
import { readHere } from '../read-here.ts';
import type { NamedFile } from '../sniff/sniffed.ts';
import { dieWithParent } from './orphan.ts';

/**
 * The process that opens strangers' files. It has no environment, nothing to read from but its parent, and ends when
 * the parent does. Each parser is loaded by the first file that needs it.
 */
if (process.platform !== 'win32') {
  closeSync(0); // the pool gives every child an open standard input and takes no word about it
  openSync('/dev/null', 'r'); // takes the free number, so that no file opened later is taken for it
}
dieWithParent();

workerpool.worker({
  read(file: NamedFile) {
    workerpool.workerEmit({ begun: process.pid });
    return readHere(file);
  },
});
