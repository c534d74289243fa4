/** What the office's machine does by turns: one kind, one side effect (`workers/` has a doorway for each). */
export const jobKinds = ['poll', 'intake', 'deliver', 'digest', 'tidy'] as const;
export type JobKind = (typeof jobKinds)[number];

/**
 * One piece of work, by identity only: what it is about stands on our rows. A rerun raises the row's `generation`, for
 * an id that the queue still holds is ignored without a word.
 */
export type Job = {
  kind: JobKind;
  /** The row's number, or its name in letters and digits. */
  row: number | string;
  generation: number;
};

/** All that the queue's own tables ever hold of a job. */
export type Identity = Omit<Job, 'kind'>;

/**
 * `intake-57-0`. BullMQ refuses ids that are whole numbers or hold a `:`.
 *
 * @throws Error when the row is neither a whole number nor letters and digits: a fault of ours
 */
export function jobId({ kind, row, generation }: Job): string {
  if (!/^[A-Za-z0-9]+$/.test(String(row)) || !Number.isSafeInteger(generation))
    throw new Error(`a job's row is letters and digits, its generation a whole number: ${kind} ${row} ${generation}`);
  return `${kind}-${row}-${generation}`;
}
