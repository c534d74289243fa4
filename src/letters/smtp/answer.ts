/** Where the conversation stood. `letter`: from DATA on. */
export type Stage = 'connect' | 'login' | 'sender' | 'recipient' | 'letter';

/** How handing over one letter ended, as the wire showed it. */
export type Outcome = {
  stage: Stage;
  /** The server's own answer, every line; null when the connection ended without one. */
  reply: { code: number; text: string } | null;
  /** Names of the error when there was no answer: `ETIMEDOUT CONNECT_TIMEOUT`, `ESOCKET ECONNREFUSED`. */
  trouble: string;
  /** The whole letter was written to the connection, its final dot too. */
  handedOver: boolean;
};

/**
 * What is to be done now. What concerns one letter holds up that letter, what concerns all of them the outbox. `retry`: this letter again; `next_day`: no letter before 00:10 of the provider's next day;
 * `pause_outbox`: no letter for a while; `stop_outbox`: none until a person has mended the cause; `never`: this letter
 * waits for a person.
 */
export type Next = 'sent' | 'retry' | 'next_day' | 'pause_outbox' | 'stop_outbox' | 'never';

export type Answer = {
  next: Next;
  /** How long to wait before the first new try; null where `next` says it all. */
  afterMinutes: number | null;
  /** Each further wait is twice the one before. */
  doubling: boolean;
  /** After so many tries a person looks at it; null: no end. */
  atMostTries: number | null;
  /** `451`, or `ETIMEDOUT` when nothing was answered. */
  code: string;
  /** The server's words on one line, at most 300 characters, without addresses. */
  text: string;
  /** Chinese: what happened and what to do. */
  forPerson: string;
  /** The letter may have gone: it is sent again under the same Message-ID, and the union may hold it twice. */
  uncertain: boolean;
};

/** What a row of the table decides. */
export type Verdict = Pick<Answer, 'next' | 'afterMinutes' | 'doubling' | 'atMostTries' | 'forPerson'>;
