import workerpool from 'workerpool';
import { Failure } from '../../errors.ts';
import type { UnreadableReason } from '../document.ts';
import { openGate } from './gate.ts';
import { childProgram } from './program.ts';
import { type ChildEvent, killProcess, watchChild } from './watch.ts';

/** What one task may cost. */
export type ChildLimits = {
  /** Counted from the moment a child begins with the task. */
  wallMs: number;
  /** V8's heap in a child; buffers lie outside it. */
  heapMegabytes: number;
  /** All memory a child holds, sampled by this process; not bounded where there is no /proc. */
  residentBytes: number;
  children: number;
};

/** A task that no child brought to an end. `detail` in Chinese, for staff; often empty. */
export type Undone = { undone: UnreadableReason; detail: string };

export type Children<Task, Answer> = {
  /** @throws Failure (temporary) when the children were closed meanwhile; never for what is in a file */
  ask: (task: Task) => Promise<{ answer: Answer } | Undone>;
  /** Starts every child with the usual parsers loaded. */
  warm: () => Promise<void>;
  /** Kills what runs. */
  close: () => Promise<void>;
};

/** For tests and measurements: another program for the children, and what a child holds in memory, as sampled. */
export type ChildSeams = { childFile?: string; onChildMemory?: (bytes: number) => void };

/** A child that a large file left this big is not kept: Node gives little back. */
const retireBytes = 200 * 1024 * 1024;
const maxAttempts = 3;
const maxClosingMs = 1_000;

/**
 * A few child processes without environment that do one kind of task (`serve.ts` is their side), each replaced after
 * any failure. Nothing is forked before the first task. The reasons `timed_out`, `out_of_memory` and `crashed` are told
 * apart.
 */
export function openChildren<Task, Answer>(limits: ChildLimits, seams: ChildSeams = {}): Children<Task, Answer> {
  const { heapMegabytes, children, ...bounds } = limits;
  const { onChildMemory = () => {}, childFile } = seams;
  const pool = openPool(heapMegabytes, children, childFile);
  // The pool's own queue stalls when a child dies: what waits in it is only looked at after the next success.
  const gate = openGate(children);
  const busy = new Set<number>();
  let isClosed = false;

  /** One try; null when the child died before it began, an idle child that was killed: no fault of the task. */
  const attempt = async (task: Task): Promise<{ answer: Answer } | Undone | null> => {
    const watch = watchChild(bounds, onChildMemory);
    const hear = (event: ChildEvent) => {
      watch.hear(event);
      if (event.begun !== undefined) busy.add(event.begun);
    };
    try {
      return { answer: (await pool.exec('work', [task], { on: hear })) as Answer };
    } catch (error) {
      if (isClosed) throw stopping(error);
      return watch.child() === null ? null : undone(watch.reason(), error);
    } finally {
      const [pid, resident] = [watch.child(), watch.end()];
      if (pid !== null) busy.delete(pid);
      if (pid !== null && resident > retireBytes) killProcess(pid); // the next task gets a fresh one
    }
  };

  return {
    async ask(task) {
      await gate.enter();
      try {
        for (let tries = 0; tries < maxAttempts && !isClosed; tries++) {
          const end = await attempt(task);
          if (end) return end;
        }
        if (isClosed) throw stopping();
        return { undone: 'crashed', detail: '读取程序没有启动' };
      } finally {
        gate.leave();
      }
    },
    async warm() {
      const starts = Array.from({ length: children }, () => pool.exec('warm', []));
      await Promise.allSettled(starts); // a child that does not start now is started by the first task, and that tells
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
function undone(reason: UnreadableReason, error: unknown): Undone {
  const said = (error as Error).message;
  const isOurs = reason === 'crashed' && !said.startsWith('Workerpool');
  return { undone: reason, detail: isOurs ? `读取程序出错：${said}` : '' };
}

const stopping = (cause?: unknown) =>
  new Failure('temporary', '正在停止，这个文件稍后再读', 'the document reader was closed', { cause });
