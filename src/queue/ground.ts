import type { BackendFactory, IQueueBackend } from 'bullmq';

/** The server that the queue stands on, PostgreSQL or Redis, seen alike. */
export type Ground = {
  /** For people and the log: `PostgreSQL`, `Redis`. */
  name: string;
  /** How long an idle worker may sleep on its wake-up call before it looks by itself. */
  sleepSeconds: number;
  /** What BullMQ's queues and workers are built over. */
  factory: BackendFactory<IQueueBackend>;
  /** Keeps several installations apart on one Redis; PostgreSQL has its schema for that. */
  prefix: string;
  close: () => Promise<void>;
};
