import { type ChildProcess, fork } from 'node:child_process';
import { childProgram } from './program.ts';

/** How long to wait for the last words of a child that is gone. */
const lastWordsMs = 200;

/**
 * Starts a child without environment, with nothing to read from but us.
 * @param childFile another program than the reader's own
 */
export function forkChild(heapMegabytes: number, childFile: string | undefined): ChildProcess {
  const { file, execArgv } = childProgram(childFile);
  return fork(file, {
    env: {}, // it would inherit the mailbox's code
    serialization: 'advanced', // bytes as bytes, not as JSON
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'], // last words of V8 at its heap limit come over the error output
    // nor does an idle child go through its heap again and again to give memory back: it is ended when it holds much
    execArgv: [`--max-old-space-size=${heapMegabytes}`, '--no-memory-reducer', ...execArgv],
  });
}

/** Tells once that a child is gone, or never came: when its error output is read to the end, or soon after it ended. */
export function onceGone(child: ChildProcess, tell: (signal: NodeJS.Signals | null) => void): void {
  let isTold = false;
  const once = (signal: NodeJS.Signals | null) => {
    if (!isTold) tell(signal);
    isTold = true;
  };
  child.on('close', (_, signal) => once(signal));
  child.on('exit', (_, signal) => setTimeout(() => once(signal), lastWordsMs).unref());
  child.on('error', () => {
    if (child.pid === undefined) once('SIGKILL');
  });
}
