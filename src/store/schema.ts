import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { RequirementStatus } from '../application/application.ts';

/**
 * The tables as Kysely sees them; `migrations/` makes them. Times are `timestamptz`. What a mail was found to hold
 * lies in JSON columns; what is searched, joined or counted has a column of its own.
 */
export type Tables = {
  message: MessageTable;
  sighting: SightingTable;
  cursor: CursorTable;
  share: ShareTable;
  evidence: EvidenceTable;
  application: ApplicationTable;
  letter: LetterTable;
  decision: DecisionTable;
  act: ActTable;
  happening: HappeningTable;
  audit: AuditTable;
  digest: DigestTable;
  alarm: AlarmTable;
  office_state: OfficeStateTable;
  staff: StaffTable;
  session: SessionTable;
};

type At = ColumnType<Date, Date, Date>;
type MaybeAt = ColumnType<Date | null, Date | null | undefined, Date | null>;
type Json<T> = JSONColumnType<T & object, string, string>;

/** The ledger: every mail ever seen, by content. */
type MessageTable = {
  id: Generated<number>;
  /** Hash of the mail without the hop that delivered it: the same mail in another folder is the same row. */
  identity: string;
  /** Hash of the raw bytes as first kept; names the raw file. Null for a mail counted by its header (before_round). */
  sha256: string | null;
  bytes: number;
  received_at: At;
  received_from: string;
  message_id: string | null;
  from_address: string;
  from_name: string;
  subject: string;
  in_reply_to: string[];
  fate: string;
  reason_code: string | null;
  reason: string | null;
  needs_person: Generated<boolean>;
  /** A person said "this is an application" or "this is not": outlives every rerun. */
  ruled: string | null;
  /** What intake understood: `Understood` of records.ts. */
  understood: ColumnType<object | null, string | null | undefined, string | null>;
  generation: Generated<number>;
  attempts: Generated<number>;
  stage: string | null;
  next_try_at: MaybeAt;
  failed_at: MaybeAt;
  kept_at: At;
};

/** Where a mail was met: one row for each place, so that the server's count and ours can be compared. */
type SightingTable = {
  account: string;
  folder: string;
  uid_validity: string;
  uid: number;
  message: number;
  internal_date: At;
  seen_at: At;
  /** When a wider sweep found that the server no longer lists it there. */
  gone_at: MaybeAt;
};

type CursorTable = { account: string; folder: string; uid_validity: string; last_uid: number; swept_at: At };

/** What one mail brings for one nominee (application/application.ts Share), and where it was placed. */
type ShareTable = {
  id: Generated<number>;
  message: number;
  position: number;
  application: number | null;
  /** Applications it may belong to, while a person has to place it. */
  perhaps: number[];
  address: string;
  received_at: At;
  content: Json<object>;
};

/** What an application offers as evidence, to find the same in another's. */
type EvidenceTable = { application: number; key: string; file: string };

type ApplicationTable = {
  id: Generated<number>;
  notice: string;
  number: string;
  /** Which share opened it (identity of its mail and position): gives the number back when all is rebuilt. */
  origin: string;
  union_name: string | null;
  union_known: boolean;
  union_quota: number;
  union_key: string | null;
  nominee: string | null;
  nominee_key: string | null;
  addresses: string[];
  /** A form was read in it; a dossier without any may still be joined by its address. */
  has_form: boolean;
  timeliness: string;
  complete: boolean;
  requirements: Json<Record<string, RequirementStatus>>;
  findings: Json<object>;
  /** Names the state that a letter tells of: the same state is never told twice. */
  state_key: string;
  first_received_at: At;
  last_received_at: At;
  /** Its last mail came after we first met the mailbox; else its letter waits for a person. */
  is_backlog: boolean;
  updated_at: At;
  /** Raised when `content_key` changes: what a person may have looked at is no longer so. */
  version: Generated<number>;
  content_key: Generated<string>;
  dismissed: ColumnType<object, string | undefined, string>;
  /** Number of the application that a person merged it into. */
  merged_into: string | null;
  is_gone: Generated<boolean>;
  /** As its mails say; a person may have set other names. */
  read_union: string | null;
  read_nominee: string | null;
  read_nominee_key: string | null;
};

/** The outbox and the letters that left. */
type LetterTable = {
  id: Generated<number>;
  application: number | null;
  kind: string;
  state_key: string;
  number: string | null;
  to_address: string;
  subject: string;
  text: string;
  html: string;
  message_id: string;
  in_reply_to: string | null;
  refs: string[];
  state: string;
  reason: string | null;
  due_at: At;
  generation: Generated<number>;
  attempts: Generated<number>;
  next_try_at: MaybeAt;
  handed_at: MaybeAt;
  sent_at: MaybeAt;
  answer: string | null;
  failed_at: MaybeAt;
  created_at: At;
  /** Who changed its words by hand. */
  edited_by: string | null;
  /** A person held it back, or let it go: `held`, `released`. */
  by_hand: string | null;
};

/** A person's decision on an application; the newest that was not taken back counts. */
type DecisionTable = {
  id: Generated<number>;
  application: number;
  kind: string;
  note: string;
  by: string;
  at: At;
  /** Name of the act that it was; null for those from before acts were kept. */
  act: string | null;
  undone: Generated<boolean>;
};

/** What people did (review/acts.ts), in order. */
type ActTable = {
  id: Generated<number>;
  /** Its id for people and the journal. */
  name: string;
  kind: string;
  numbers: string[];
  deed: Json<object>;
  found: Json<object>;
  by: string;
  note: string | null;
  at: At;
  version: number | null;
  undone_by: string | null;
};

/** What happened to an application by mail or machine, and the version that it made. */
type HappeningTable = {
  id: Generated<number>;
  application: number;
  version: number;
  kind: string;
  /** What happened, by kind: `Happened` of happenings.ts. */
  detail: Json<object>;
  at: At;
};

/** Who saw personal data in full, or took a file out. */
type AuditTable = { id: Generated<number>; at: At; by: string; what: string; number: string | null };

type DigestTable = { day: string; content: Json<object>; made_at: At };

/** What staff must know until it is over: raised once, cleared once. */
type AlarmTable = {
  id: Generated<number>;
  kind: string;
  text: string;
  raised_at: At;
  cleared_at: MaybeAt;
};

/** Small facts of the office: `letters_stopped`, `first_met:<account>`, `last_sweep:<account>`, `outbox_paused_until`. */
type OfficeStateTable = { name: string; value: string; at: At };

/** Who may use the review desk. `password` is a hash. */
type StaffTable = { name: string; role: string; password: string; is_active: boolean; created_at: At };

/** Who is logged in; `key` is the hash of the cookie. Machine time. */
type SessionTable = { key: string; staff: string; csrf: string; seen_at: At };
