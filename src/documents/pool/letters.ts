/**
 * What a parent tells a child: what all its tasks need, a task, or to load the usual parsers; and what a child answers to
 * the last two, in the same order.
 */
export type ToChild<Task> = { know: unknown } | { task: Task } | { warm: true };
export type FromChild<Answer> = { ready: true } | { answer: Answer } | { warm: true } | { fault: string };
