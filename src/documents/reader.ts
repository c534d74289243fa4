import workerpool from 'workerpool';
import { Failure } from '../errors.ts';
import type { ReadFile, Reading, UnreadableReason } from './document.ts';
import { openGate } from './pool/gate.ts';
import { childProgram } from './pool/program.ts';
import { type ChildEvent, killProcess, watchChild } from './pool/watch.ts';
import type { NamedFile } from './sniff/sniffed.ts';

/** What one file may cost. */
export type ReaderLimits = {
  /** Counted from the moment a child begins with the file. */
  wallMs: number;
  /** V8's heap in a child; buffers lie outside it. */
  heapMegabytes: number;
  /** All memory a child holds, sampled by this process; not bounded where there is no /proc. */
  residentBytes: number;
  fileBytes: number;
  children: number;
};

export type Reader = {
  read: ReadFile;
  /** Starts the children with the usual parsers loaded, so that the first mail of the day waits no longer than others. */
  warm: () => Promise<void>;
  close: () => Promise<void>;
};

/** For tests and measurements: another program for the children, and what a child holds in memory, as sampled. */
export type ReaderSeams = { childFile?: string; onChildMemory?: (bytes: number) => void };

const defaults: ReaderLimits = {
  wallMs: 8_000,
  heapMegabytes: 256,
  residentBytes: 512 * 1024 * 1024,
  fileBytes: 80e6,
  children: 2,
};
/** A child that a large file left this big is not kept: Node gives little back. */
const retireBytes = 200 * 1024 * 1024;
const maxAttempts = 3;
const maxClosingMs = 1_000;

/**
 * Opens the door behind which strangers' files are read: a few child processes without environment, each replaced
 * after any failure. Nothing is forked before the first file.
 *
 * `read` never throws for what is in a file: the reasons `timed_out`, `out_of_memory` and `crashed` are told apart.
 * It throws a temporary `Failure` when the reader is closed meanwhile, so that a shutdown is not recorded as a bad
 * file. `close` kills what runs.
 */
export function openReader(limits: Partial<ReaderLimits> = {}, seams: ReaderSeams = {}): Reader {
  const { heapMegabytes, fileBytes, children, ...bounds } = { ...defaults, ...limits };
  const { onChildMemory = () => {}, childFile } = seams;
  const pool = openPool(heapMegabytes, children, childFile);
  // The pool's own queue stalls when a child dies: what waits in it is only looked at after the next success.
  const gate = openGate(children);
  const busy = new Set<number>();
  let isClosed = false;

  /** One try; null when the child died before it began, an idle child that was killed: no fault of the file. */
  const attempt = async (file: NamedFile): Promise<Reading | null> => {
    const watch = watchChild(bounds, onChildMemory);
    const hear = (event: ChildEvent) => {
      watch.hear(event);
      if (event.begun !== undefined) busy.add(event.begun);
    };
    try {
      const sent: NamedFile = { name: file.name, bytes: file.bytes, passwords: file.passwords ?? [] }; // callers' files know more, none of the child's business
      return (await pool.exec('read', [sent], { on: hear })) as Reading;
    } catch (error) {
      if (isClosed) throw stopping(error);
      return watch.child() === null ? null : failed(watch.reason(), error);
    } finally {
      const [pid, resident] = [watch.child(), watch.end()];
      if (pid !== null) busy.delete(pid);
      if (pid !== null && resident > retireBytes) killProcess(pid); // the next file gets a fresh one
    }
  };

  return {
    async read(file) {
      if (file.bytes.length > fileBytes)
        return { kind: 'unreadable', type: 'unknown', reason: 'too_large', detail: `超过 ${fileBytes / 1e6} MB` };
      await gate.enter();
      try {
        for (let tries = 0; tries < maxAttempts && !isClosed; tries++) {
          const reading = await attempt(file);
          if (reading) return reading;
        }
        if (isClosed) throw stopping();
        return { kind: 'unreadable', type: 'unknown', reason: 'crashed', detail: '读取程序没有启动' };
      } finally {
        gate.leave();
      }
    },
    async warm() {
      const starts = Array.from({ length: children }, () => pool.exec('warm', []));
      await Promise.allSettled(starts); // a child that does not start now is started by the first file, and that tells
    },
    async close() {
      isClosed = true;
      const ended = Promise.resolve(pool.terminate(true, maxClosingMs));
      for (const pid of busy) killProcess(pid);
      await ended.catch(() => {}); // a child that died while idle never answers; the pool gives up on it in time
    },
  };
}

function openPool(heapMegabytes: number, children: number, childFile: string | undefined) {
  const { file, execArgv } = childProgram(childFile);
  return workerpool.pool(file, {
    workerType: 'process',
    maxWorkers: children,
    workerTerminateTimeout: 100,
    emitStdStreams: true, // last words of V8 at its heap limit come over the error output
    forkOpts: {
      env: {}, // it would inherit the mailbox's code
      serialization: 'advanced', // bytes as bytes, not as JSON
      // nor does an idle child go through its heap again and again to give memory back: it is ended when it holds much
      execArgv: [`--max-old-space-size=${heapMegabytes}`, '--no-memory-reducer', ...execArgv],
    },
  });
}

/** An error thrown by a child that lives on is a fault of ours, whose words are wanted; the pool's own are not. */
function failed(reason: UnreadableReason, error: unknown): Reading {
  const said = (error as Error).message;
  const isOurs = reason === 'crashed' && !said.startsWith('Workerpool');
  return { kind: 'unreadable', type: 'unknown', reason, detail: isOurs ? `读取程序出错：${said}` : '' };
}

const stopping = (cause?: unknown) =>
  new Failure('temporary', '正在停止，这个文件稍后再读', 'the document reader was closed', { cause });
