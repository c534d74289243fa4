/** Where a mail lies on a server: unique for ever (RFC 3501 §2.3.1.1). */
export type Place = { account: string; folder: string; uidValidity: string; uid: number };

/** What the ledger shows of a mail before anything has looked inside: read from its headers alone, repaired charset. */
export type MailHead = {
  /** As written, with its brackets; null when there is none. */
  messageId: string | null;
  from: string;
  fromName: string;
  subject: string;
  /** In-Reply-To and References, each without brackets. */
  inReplyTo: string[];
};

/** A mail whose raw bytes are on disk (fsync) under their hash. */
export type KeptRaw = { sha256: string; identity: string; bytes: number; head: MailHead };

/** Which witness an arrival time has; `brought`: staff brought it then. */
export type ReceivedFrom = 'internaldate' | 'received_header' | 'file_time' | 'brought';

export type Arrival = { place: Place; receivedAt: Date; receivedFrom: ReceivedFrom; raw: KeptRaw };

/** A mail of which no more than the header was looked at. */
export type PassedOver = { place: Place; receivedAt: Date; head: MailHead; bytes: number };

/** What polling needs of the ledger; `store` gives it. Every call is one transaction and may be repeated. */
export type Ledger = {
  cursor: (account: string, folder: string) => Promise<{ uidValidity: string; lastUid: number } | null>;
  /**
   * Records mails of one folder and where they were met, in this order; together, for each fsync and commit costs as much
   * for one as for twenty. Known content elsewhere is one more sighting, not a second mail.
   */
  keep: (arrivals: readonly Arrival[]) => Promise<{ message: number; isNew: boolean }[]>;
  /**
   * Mails of one folder from before the round opens: counted by their headers, never fetched (fate `before_round`). Many
   * at a time: a mailbox of ten years holds a hundred thousand.
   */
  passOver: (mails: readonly PassedOver[]) => Promise<void>;
  /** Only after everything up to `lastUid` is kept. */
  advance: (account: string, folder: string, uidValidity: string, lastUid: number) => Promise<void>;
  /** Every UID of this folder that the ledger has met, for the wider sweep and the balance. */
  knownUids: (account: string, folder: string, uidValidity: string) => Promise<Set<number>>;
};

/** What a server says it holds in one folder. */
export type FolderCount = { folder: string; uidValidity: string; messages: number };
