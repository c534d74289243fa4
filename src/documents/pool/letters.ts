/** What a parent asks of a child: a task, or to load the usual parsers; and what a child tells, in the same order. */
export type ToChild<Task> = { task: Task } | { warm: true };
export type FromChild<Answer> = { ready: true } | { answer: Answer } | { warm: true } | { fault: string };
