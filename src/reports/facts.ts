import type { Notice } from '../notice/notice.ts';
import type {
  AlarmRecord,
  ApplicationRecord,
  DecisionRecord,
  FailedJob,
  Fate,
  LetterRecord,
  MessageRecord,
} from '../store/records.ts';

/**
 * The server's count beside the ledger's, folder by folder. A mail lying in two folders counts in both, on both sides;
 * `byFate` counts the same way, so that the fates add up to `ledger`.
 */
export type Balance = {
  at: Date;
  folders: { folder: string; server: number; ledger: number }[];
  server: number;
  ledger: number;
  byFate: Record<Fate, number>;
  ok: boolean;
};

/** A mail that a person has to place: `perhaps` are numbers of the applications it may belong to. */
export type Proposal = { message: number; from: string; subject: string; perhaps: string[] };

/** A mail of the ledger with the moment (office time) at which the ledger first kept it. */
export type KeptRecord = MessageRecord & { keptAt: Date };

/**
 * Everything that the reports are made of, as it stands at `now`. All instants are office time. Reports are functions
 * of this and ask nobody else: neither a database nor a clock.
 */
export type OfficeFacts = {
  notice: Notice;
  now: Date;
  /** The hour of the digest, `08:30`: one digest tells what came between two of them. */
  digestAt: string;
  applications: ApplicationRecord[];
  messages: KeptRecord[];
  letters: LetterRecord[];
  /** What people decided, by application number, oldest first; the newest counts. */
  decisions: Record<string, DecisionRecord[]>;
  alarms: AlarmRecord[];
  failed: FailedJob[];
  /** The last count; null when nobody has counted yet. */
  balance: Balance | null;
  mailbox: { lastPollAt: Date | null; folders: string[] };
  lettersStopped: boolean;
  outboxPausedUntil: Date | null;
  disk: { freeBytes: number } | null;
  proposals: Proposal[];
  /** The sample round: every line and page says 演练. */
  rehearsal: boolean;
};
