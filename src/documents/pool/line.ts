import type { UnreadableReason } from '../document.ts';
import { forkChild, onceGone } from './fork.ts';
import type { FromChild, ToChild } from './letters.ts';
import type { ChildProgram } from './program.ts';
import { type Bounds, type Watch, watchChild } from './watch.ts';

/** A task that no child brought to an end. `detail` in Chinese, for staff; often empty. */
export type Undone = { undone: UnreadableReason; detail: string };

/** Something asked of a child, and who waits for it (null: the child is warm). `isShort`: may wait behind another that is. */
export type Job<Task, Answer> = {
  letter: ToChild<Task>;
  isShort: boolean;
  /** How often a child died on it that it did not kill. */
  mishaps: number;
  settle: (end: { answer: Answer } | Undone | null) => void;
};

/** Why a line of jobs ended: by us for a reason, of itself, or killed from outside or before it began: nobody's fault. */
export type LineEnd = UnreadableReason | 'mishap';

/** What the owner of a line hears. */
export type LineOwner = { onMemory: (bytes: number) => void; onFree: () => void; onEnd: (end: LineEnd) => void };

/** A child that a large file left this big is not kept: Node gives little back. */
const retireBytes = 200 * 1024 * 1024;
/** A task this short cannot have grown a child by much; its memory is then only looked at once a second. */
const briefMs = 20;
const lookEveryMs = 1_000;

/**
 * One child process with the jobs it was given: it works on the first, and a second may lie ready behind it, so that it
 * need not wait for us between two small files.
 *
 * @param program what to start, and what to tell it first
 */
export function openLine<Task, Answer>(
  heapMegabytes: number,
  { childFile, know }: ChildProgram,
  bounds: Bounds,
  { onMemory, onFree, onEnd }: LineOwner,
) {
  const child = forkChild(heapMegabytes, childFile);
  if (know !== undefined) child.send({ know }, () => {}); // one that never came says so by its end
  const jobs: Job<Task, Answer>[] = [];
  let watch: Watch | null = null;
  let [isReady, isRetired, said, lookedAt] = [false, false, '', 0];

  const begin = () => {
    if (!isReady || watch || jobs.length === 0 || child.pid === undefined) return;
    said = '';
    watch = watchChild(child.pid, bounds, onMemory);
  };
  const end = () => {
    watch?.end();
    const [ended, now] = [watch, performance.now()];
    watch = null;
    if (!ended || (ended.ms() < briefMs && now - lookedAt < lookEveryMs)) return;
    lookedAt = now;
    isRetired ||= ended.resident() > retireBytes;
  };
  child.on('message', (letter: FromChild<Answer>) => {
    if ('ready' in letter) isReady = true;
    else {
      end();
      jobs.shift()?.settle(endOf(letter));
    }
    begin();
    if (isRetired && jobs.length === 0) child.kill('SIGKILL');
    onFree();
  });
  child.stderr?.setEncoding('utf8').on('data', (words: string) => {
    said = (said + words).slice(-4_096);
  });
  child.on('exit', () => watch?.end()); // its number may soon be another's
  onceGone(child, (signal) => {
    const verdict = watch?.verdict() ?? null;
    onEnd(verdict ?? (isReady ? ownEnd(said, signal) : 'mishap'));
  });

  return {
    jobs,
    isIdle: () => jobs.length === 0 && !isRetired,
    /** How long it has been at its task, milliseconds; 0 while it has none, or is still starting. */
    busyMs: () => watch?.ms() ?? 0,
    /** Whether a short job may lie ready behind the one at hand. */
    hasRoom: () => jobs.length === 1 && jobs[0]?.isShort === true && isReady && !isRetired,
    give(job: Job<Task, Answer>) {
      jobs.push(job);
      begin();
      child.send(job.letter, () => {}); // one that is gone says so by its end
    },
    kill: () => child.kill('SIGKILL'),
  };
}

export type Line<Task, Answer> = ReturnType<typeof openLine<Task, Answer>>;

/** An error thrown by a child that lives on is a fault of ours, whose words are wanted. */
function endOf<Answer>(letter: FromChild<Answer>): { answer: Answer } | Undone | null {
  if ('answer' in letter) return letter;
  return 'fault' in letter ? { undone: 'crashed', detail: `读取程序出错：${letter.fault}` } : null;
}

/** Nobody kills from outside for what is in a file, unless the system for want of memory, which the bounds forestall. */
function ownEnd(said: string, signal: NodeJS.Signals | null): LineEnd {
  if (signal === 'SIGKILL' || signal === 'SIGTERM') return 'mishap';
  return /heap out of memory/.test(said) ? 'out_of_memory' : 'crashed';
}
