import type { Arrival, MailHead, Place } from '../mailbox/ledger.ts';
import type { DoneAct } from '../review/acts.ts';
import type { Delivered, Written } from './delivered.ts';
import type { LetterRecord } from './records.ts';

/**
 * What cannot be computed again from raw mail (design rule 8), in the order in which it took effect. Instants inside are
 * ISO texts.
 */
export type JournalEntry =
  /** A process began to do the office's work: letters that a killed one held go out again. */
  | { event: 'began' }
  | { event: 'met'; account: string }
  | { event: 'kept'; place: Place; receivedAt: string; receivedFrom: Arrival['receivedFrom']; raw: Arrival['raw'] }
  | { event: 'passed_over'; place: Place; receivedAt: string; head: MailHead; bytes: number }
  | { event: 'gone'; folder: Omit<Place, 'uid'>; uids: number[] }
  | { event: 'back'; folder: Omit<Place, 'uid'>; uids: number[] }
  | { event: 'numbered'; origin: string; number: string }
  | ({ event: 'taken'; identity: string; generation: number } & LettersChosen)
  | { event: 'not_taken'; identity: string; generation: number; failed: FailedTaking }
  | ({ event: 'reconsidered'; number: string } & LettersChosen)
  | { event: 'handed'; letter: HandedLetter }
  | { event: 'answered'; messageId: string; result: Written<Delivered> }
  /** `isDays`: the digest of that day, and not one that a person asked for. */
  | { event: 'digest'; day: string; isDays: boolean; content: object; to: string[] }
  | { event: 'decided'; number: string; kind: string; note: string; by: string }
  /** What a person did (review/acts.ts). Of several with one id the last took effect. */
  | ({ event: 'acted' } & Pick<DoneAct, 'id' | 'deed' | 'by' | 'note' | 'found'> & LettersChosen)
  /** A person saw personal data in full, or took a file out. */
  | { event: 'audited'; by: string; what: string; number: string | null }
  | { event: 'ruled'; identity: string; ruled: 'application' | 'set_aside' | null; by: string }
  | { event: 'released'; messageId: string; by: string }
  | { event: 'rerun'; identities: string[]; letters: string[]; by: string }
  | { event: 'stopped'; reason: string; by: string }
  | { event: 'paused'; until: string }
  | { event: 'resumed'; by: string }
  /** Somebody of the office may log in, or no longer; `password` is a hash. */
  | {
      event: 'staff';
      name: string;
      role: 'viewer' | 'reviewer' | 'admin';
      password: string;
      isActive: boolean;
      by: string;
    };

/** As it lies in the file: `at` machine time, `office` office time. */
export type JournalLine = JournalEntry & { at: string; office: string };

/** `now`: the office time at which letters were chosen and written. */
export type LettersChosen = { now: string; waiting: WaitingLetters };

/** Message-IDs of the unsent letters of the applications that a mail touched, as they stood when it was recorded. */
export type WaitingLetters = { due: string[]; held: string[] };

/** Why a mail could not be taken in; `reason` is Chinese, for staff. */
export type FailedTaking = { stage: string; reason: string; nextTryAt: string | null };

/** A letter as it was given to the server: enough to know later that it went, and what it said. */
export type HandedLetter = Pick<LetterRecord, 'messageId' | 'kind' | 'number' | 'to' | 'subject' | 'text'> &
  Pick<LetterRecord, 'inReplyTo' | 'references'> & { stateKey: string; dueAt: string };
