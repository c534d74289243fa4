import type { Answer } from './answer.ts';
import type { Envelope } from './session.ts';

/** Where letters leave the house. */
export type Post = {
  /**
   * Hands one letter over; letters handed in at once go one after another.
   *
   * @param raw from composeLetter
   * @param envelope bare addresses; `from` gives way to the account that logs in (NetEase and QQ refuse others)
   * @returns what became of it; never throws for what the network or the server does
   */
  send: (raw: Buffer, envelope: Envelope) => Promise<Answer>;
  /** Connects and logs in without sending; `advice` says in Chinese what is wrong and what to do, else it is empty. */
  verify: () => Promise<{ ok: boolean; seen: string; advice: string }>;
  /** Waits a moment for the letter in hand, then hangs up: a letter cut off there is `uncertain`. */
  close: () => Promise<void>;
};
