import type { CheckedApplication, DismissedFinding, Finding, RequirementStatus } from '../application/application.ts';
import type { LinkedFile } from '../message/mail.ts';
import type { LetterKind } from '../notice/texts.ts';
import type { Timeliness } from '../notice/timeliness.ts';
import type { PictureFacts } from '../pictures/picture.ts';

/** Every mail has a fate (design rule 2). */
export type Fate = 'pending' | 'recorded' | 'set_aside' | 'failed' | 'before_round';

/** One file of a mail as it was taken: for lists, for the review desk, for `show`. */
export type UnderstoodFile = {
  path: string;
  bytes: number;
  sha256: string | null;
  type: string;
  requirement: string | null;
  nominee: string | null;
  note: string;
  /** What checks would ask of it, should a person say what it is; absent in mails taken in by older programs. */
  pieces?: number;
  picture?: PictureFacts | null;
};

/** What intake understood of a mail; kept beside the raw bytes, made anew by a rerun. */
export type Understood = {
  disposition: 'application' | 'set_aside' | 'needs_person';
  author: string;
  text: string;
  files: UnderstoodFile[];
  links: LinkedFile[];
  troubles: string[];
};

/** A mail as the ledger lists it. */
export type MessageRecord = {
  id: number;
  folder: string;
  uid: number;
  receivedAt: Date;
  receivedFrom: string;
  /** Office time at which the ledger first kept it. */
  keptAt: Date;
  sha256: string | null;
  bytes: number;
  messageId: string | null;
  from: string;
  fromName: string;
  subject: string;
  fate: Fate;
  reasonCode: string | null;
  reason: string | null;
  needsPerson: boolean;
  sightings: number;
  /** Numbers of the applications it belongs to. */
  applications: string[];
};

export type ApplicationStatus = 'incomplete' | 'complete' | 'accepted' | 'returned' | 'declined';

/** An application as recorded. */
export type ApplicationRecord = {
  id: number;
  number: string;
  status: ApplicationStatus;
  union: string | null;
  unionKnown: boolean;
  unionQuota: number;
  nominee: string | null;
  timeliness: Timeliness;
  firstReceivedAt: Date;
  lastReceivedAt: Date;
  requirements: Record<string, RequirementStatus>;
  complete: boolean;
  /** Those that are open. */
  findings: Finding[];
  dismissed: DismissedFinding[];
  /** Raised whenever its content, or what people did to it, changes. */
  version: number;
  /** Number of the application that a person merged it into. */
  mergedInto: string | null;
  /** Merged into another, or opened by an act that was taken back: it holds nothing and is out of open work. */
  isGone: boolean;
  /** Links and their expiry that still stand for something open. */
  links: LinkedFile[];
};

/** An application with all that its mails brought, as checks and letters want it. */
export type Dossier = { id: number; number: string; application: CheckedApplication };

export type LetterState = 'due' | 'held' | 'sending' | 'sent' | 'failed' | 'bounced';

export type LetterRecord = {
  id: number;
  kind: LetterKind | 'digest';
  to: string;
  number: string | null;
  subject: string;
  text: string;
  html: string;
  state: LetterState;
  reason: string | null;
  messageId: string;
  inReplyTo: string | null;
  references: string[];
  /** All in office time. Due: when it may leave by itself. */
  writtenAt: Date;
  dueAt: Date;
  sentAt: Date | null;
  failedAt: Date | null;
  attempts: number;
};

/** `undone`: a person took it back. */
export type DecisionRecord = {
  kind: 'accept' | 'return' | 'decline';
  note: string;
  by: string;
  at: Date;
  undone?: boolean;
};

export type AlarmRecord = { kind: string; text: string; raisedAt: Date; clearedAt: Date | null };

/** Work that failed and waits for a person: a mail that could not be taken in, a letter that could not be sent. */
export type FailedJob = {
  id: string;
  kind: 'intake' | 'deliver';
  row: number;
  stage: string;
  attempts: number;
  reason: string;
  failedAt: Date;
};
