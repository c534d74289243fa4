import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findProgram } from './find.ts';

/** For a conversion whose parent was killed: nobody else would end it. Seconds of processor, blocks of 512 bytes. */
const ulimits = 'ulimit -t 60; ulimit -f 200000; exec "$@"';
const orphanSeconds = 60;

/**
 * The words before a command that bound it even when we are gone, and give it a network of its own with nothing in it
 * where an ordinary user may have one (Linux, outside most containers).
 */
export async function boundingWords(): Promise<string[]> {
  const unshare = findProgram('unshare');
  const alone = unshare ? [unshare, '--map-root-user', '--net', '--'] : [];
  const mayAlone = unshare !== null && (await succeeds([...alone, 'true']));
  const timeout = findProgram('timeout');
  return [
    ...['/bin/sh', '-c', ulimits, 'sh'],
    ...(timeout ? [timeout, '--signal=KILL', String(orphanSeconds)] : []),
    ...(mayAlone ? alone : []),
  ];
}

async function succeeds([program = '', ...words]: string[]): Promise<boolean> {
  try {
    await promisify(execFile)(program, words, { timeout: 2_000 });
    return true;
  } catch {
    return false; // forbidden here
  }
}
