import type { Log } from '../log.ts';
import type { MailboxFailure } from './failure.ts';
import type { Progress } from './imap/keep.ts';
import type { Memory } from './imap/logins.ts';
import type { FolderCount, Ledger } from './ledger.ts';
import type { RawStore } from './raw-store.ts';

/**
 * What a poll brought. `kept`: ledger numbers of new mails; `known`: met again, or in a second place; `passedOver`:
 * from before the round. `troubles` did not stop the rest: a mail not handed over whole, a side folder refused.
 */
export type PollResult = { kept: number[]; known: number; passedOver: number; troubles: MailboxFailure[] };

/** One folder compared with the ledger: mails on the server, those of them known before, fetched now, and UIDs gone. */
export type SweptFolder = {
  folder: string;
  uidValidity: string;
  server: number;
  known: number;
  fetched: number;
  /** Ledger numbers of those that were new. */
  kept: number[];
  gone: number[];
  troubles: MailboxFailure[];
};
export type SweepResult = { folders: SweptFolder[] };

/** Where mail comes from. Calls may overlap; they are served one after the other. Nothing in it is ever changed. */
export type Mailbox = {
  /** Names it in the ledger. */
  account: string;
  /**
   * Takes what is new since the cursors. After a `waitForNews` that had news, of INBOX alone.
   *
   * @throws MailboxFailure while the mailbox cannot be read (the caller raises the alarm, asks again after
   *   `waitForNews`); Failure (temporary) when the disk is full; whatever the ledger throws
   */
  poll: () => Promise<PollResult>;
  /** Compares all with the ledger and takes what a cursor missed. Throws like `poll`. */
  sweep: () => Promise<SweepResult>;
  /** How many mails each folder holds now. Throws like `poll`. */
  count: () => Promise<FolderCount[]>;
  /** Whether a letter lies among the newest of those that the mailbox sent (`已发送`). Throws like `poll`. */
  hasSentCopy: (messageId: string) => Promise<boolean>;
  /** Message-IDs of all that the mailbox sent, as far as it keeps copies. Throws like `poll`. */
  sentLetters: () => Promise<Set<string>>;
  /** Returns at news, when a lost line may be tried again, after `maxMs`, or when told to stop; never throws. */
  waitForNews: (maxMs: number, signal: AbortSignal) => Promise<void>;
  close: () => Promise<void>;
};

export type MailboxOptions = {
  /** `imaps://user:code@host:993`, `imap://` on this machine, or `file:DIR` */
  imapUrl: string;
  ledger: Ledger;
  rawStore: RawStore;
  /** When the round opens: mail from before is counted by its header. */
  opens: Date;
  log: Log;
  onProgress?: (progress: Progress) => void;
  /** Some were kept, and more are still to come, which all arrived later: work on the first may begin. */
  onKept?: () => Promise<void>;
  /** Where refused logins are remembered, so that starting again and again does not lock the account. */
  memory?: Memory;
};
