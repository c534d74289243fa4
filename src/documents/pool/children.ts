import { Failure } from '../../errors.ts';
import { type Job, type Line, type LineEnd, openLine, type Undone } from './line.ts';
import type { ChildProgram } from './program.ts';

/** What one task may cost. */
export type ChildLimits = {
  /** Counted from the moment a child begins with the task. */
  wallMs: number;
  /** V8's heap in a child; buffers lie outside it. */
  heapMegabytes: number;
  /** All memory a child holds, sampled by this process; not bounded where there is no /proc. */
  residentBytes: number;
  /** At most so many at once. */
  children: number;
  /**
   * Another child is started only when those there have been at their tasks for so long: where one is enough for the
   * usual, the next would but warm up the same code once more. Default 0: as soon as there is a task for it.
   */
  spareAfterMs?: number;
};

export type Children<Task, Answer> = {
  /**
   * @param isShort surely done in no time: may lie ready in a child behind another such task
   * @throws Failure (temporary) when the children were closed meanwhile; never for what is in a file
   */
  ask: (task: Task, isShort?: boolean) => Promise<{ answer: Answer } | Undone>;
  /** Starts those that will be needed, with the usual parsers loaded. */
  warm: () => Promise<void>;
  /** Kills what runs. */
  close: () => Promise<void>;
};

/** For tests and measurements: also what a child holds in memory, as sampled. */
export type ChildSeams = ChildProgram & { onChildMemory?: (bytes: number) => void };

const maxMishaps = 3;
const maxClosingMs = 1_000;

/**
 * A few child processes without environment that do one kind of task (`serve.ts` is their side), each replaced after
 * any failure. Nothing is forked before the first task. The reasons `timed_out`, `out_of_memory` and `crashed` are told
 * apart.
 */
export function openChildren<Task, Answer>(limits: ChildLimits, seams: ChildSeams = {}): Children<Task, Answer> {
  const { heapMegabytes, children, spareAfterMs = 0, ...bounds } = limits;
  const { onChildMemory = () => {}, ...program } = seams;
  const waiting: Job<Task, Answer>[] = [];
  const lines = new Set<Line<Task, Answer>>();
  let isClosed = false;
  let lookAgain: NodeJS.Timeout | null = null;
  let onAllGone = () => {};

  const start = () => {
    const line: Line<Task, Answer> = openLine(heapMegabytes, program, bounds, {
      onMemory: onChildMemory,
      onFree: dispatch,
      onEnd: (end) => bury(line, end),
    });
    lines.add(line);
    return line;
  };
  /** Whether one more may be started now; if only it is too early for that, everything is looked at again. */
  function mayStart(all: Line<Task, Answer>[]): boolean {
    if (all.length >= children) return false;
    if (all.every((line) => line.busyMs() >= spareAfterMs)) return true;
    lookAgain ??= setTimeout(() => {
      lookAgain = null;
      dispatch();
    }, spareAfterMs);
    return false;
  }
  /** Gives each waiting job to a child that is free, that is still to be started, or that has room behind a short one. */
  function dispatch(): void {
    for (let job = waiting[0]; job; job = waiting[0]) {
      const all = [...lines];
      const free = all.find((line) => line.isIdle()) ?? (mayStart(all) ? start() : null);
      const line = free ?? (job.isShort ? all.find((one) => one.hasRoom()) : null);
      if (!line) return;
      waiting.shift();
      line.give(job);
    }
  }
  /** The first job of a dead child answers for its end, or is tried again when it cannot be to blame; the others are. */
  function bury(line: Line<Task, Answer>, end: LineEnd): void {
    lines.delete(line);
    const [first, ...others] = line.jobs.splice(0);
    waiting.unshift(...others);
    if (first && end !== 'mishap') first.settle({ undone: end, detail: '' });
    else if (first && ++first.mishaps < maxMishaps) waiting.unshift(first);
    else first?.settle({ undone: 'crashed', detail: '读取程序没有启动' });
    if (isClosed) giveUp();
    else dispatch();
  }
  function giveUp(): void {
    for (const job of waiting.splice(0)) job.settle(null);
    if (lines.size === 0) onAllGone();
  }

  return {
    async ask(task, isShort = false) {
      if (isClosed) throw stopping();
      const end = await new Promise<{ answer: Answer } | Undone | null>((settle) => {
        waiting.push({ letter: { task }, isShort, mishaps: 0, settle });
        dispatch();
      });
      if (end && ('answer' in end || !isClosed)) return end;
      throw stopping();
    },
    async warm() {
      const letter = { warm: true } as const; // a child that does not start now is started by the first task
      const warmed = Array.from(
        { length: (spareAfterMs > 0 ? 1 : children) - lines.size },
        () => new Promise<unknown>((settle) => void start().give({ letter, isShort: false, mishaps: 0, settle })),
      );
      await Promise.all(warmed);
    },
    async close() {
      isClosed = true;
      if (lookAgain) clearTimeout(lookAgain);
      const gone = new Promise<void>((resolve) => {
        onAllGone = resolve;
      });
      const inTime = new Promise<void>((resolve) => void setTimeout(resolve, maxClosingMs).unref());
      for (const line of lines) line.kill();
      giveUp();
      await Promise.race([gone, inTime]);
    },
  };
}

const stopping = () => new Failure('temporary', '正在停止，这个文件稍后再读', 'the document reader was closed');
