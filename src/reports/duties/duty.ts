/** What may ask for a person, most urgent first: this order is the order of the list. */
export const dutyKinds = [
  /** An alarm stands, the counts disagree, or no mail was fetched for hours: mail may be getting lost. */
  'mailbox',
  /** Files behind a link that dies within three days. */
  'link_expiring',
  /** A letter was refused or came back: a union waits and does not know. */
  'letter_undelivered',
  /** Somebody stopped all letters and letters are due. */
  'letters_stopped',
  /** A letter that only a person may send: the backlog, demands after the cut-off. */
  'letter_held',
  /** A person wrote and the machine has no answer. */
  'question',
  /** The recommending union is not on the roster, or nobody said which. */
  'union_unknown',
  /** Files that were not understood, or lie behind a link. */
  'file_to_look_at',
  /** Came after the cut-off, or was not complete by then. */
  'late',
  /** A mail that fits several applications. */
  'proposal',
  /** Work that gave up. */
  'failed_work',
  /** Something new came after a decision. */
  'changed',
  /** Complete and waiting for review. */
  'review',
] as const;
export type DutyKind = (typeof dutyKinds)[number];

/** One thing that a person has to do. Instants are office time. */
export type Duty = {
  kind: DutyKind;
  /** 1 is the most urgent; the place of the kind in `dutyKinds`. */
  urgency: number;
  since: Date;
  /** When it is too late; null when it only waits. */
  due: Date | null;
  number: string | null;
  message: number | null;
  letter: number | null;
  /** One Chinese line that says what to do; no ID numbers, no phones. */
  text: string;
  /** What to run to see it or do it. */
  command: string;
};

/** A duty with what most of them leave out. */
export function duty(kind: DutyKind, given: Pick<Duty, 'since' | 'text' | 'command'> & Partial<Duty>): Duty {
  return { kind, urgency: dutyKinds.indexOf(kind) + 1, due: null, number: null, message: null, letter: null, ...given };
}
