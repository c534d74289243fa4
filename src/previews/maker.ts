import { statSync } from 'node:fs';
import { type ChildLimits, type ChildSeams, openChildren } from '../documents/pool/children.ts';
import { besideModule } from '../documents/pool/program.ts';
import { Failure } from '../errors.ts';
import { refusal } from './refusal.ts';
import { openResting } from './resting.ts';
import type { Answer, Task } from './task.ts';

/** As for the reader, but a mail of 50 MB is taken apart within the same time. */
const limits: ChildLimits = {
  wallMs: 12_000,
  heapMegabytes: 256,
  residentBytes: 512 * 1024 * 1024,
  children: 2,
};
/** Longer than a reviewer thinks about one application, so that the next is there at once. */
const idleMs = 5 * 60_000;

/** Other bounds than usual, for tests. */
export type MakerLimits = { limits?: Partial<ChildLimits>; idleMs?: number };

export type Made = Exclude<Answer, { failed: unknown }>;

/**
 * The child processes that make previews. What no child brought to an end is an answer as well (`timed_out`,
 * `out_of_memory`, `crashed`).
 */
export function openMaker(given: MakerLimits, seams: ChildSeams) {
  const children = openResting(
    () => openChildren<Task, Answer>({ ...limits, ...given.limits }, { childFile: childFile(), ...seams }),
    given.idleMs ?? idleMs,
  );
  return {
    /**
     * When the program was built. A finding points into what today's readers read: a page that yesterday's program kept
     * must not be shown beside it, and nobody remembers to raise a number.
     */
    version: Math.round(statSync(childFile()).mtimeMs).toString(36),
    /** @throws Failure when closed meanwhile (temporary), when the raw mail is gone or damaged (permanent) */
    async make(task: Task): Promise<Made> {
      const end = await children.ask(task);
      if ('undone' in end) return refusal('unknown', end.undone, end.detail);
      const { answer } = end;
      if (answer === null || !('failed' in answer)) return answer;
      throw new Failure(answer.failed.kind, answer.failed.forPerson, answer.failed.reason);
    },
    close: children.close,
  };
}

const childFile = () => besideModule('child/child', import.meta.url);
