import type { MailboxFailure, MailboxTrouble } from '../failure.ts';

const second = 1_000;
const minute = 60_000;

/** Troubles that a server may answer with a locked account when a program keeps knocking. */
export const ofTheAccount: MailboxTrouble[] = ['login_refused', 'imap_off', 'unsafe_login'];

/**
 * How long to leave a server alone: 1, 2, 4 … 60 s after a loss; 1, 2, 4, 8, 16, 30, 30 … minutes after a login that it
 * refused, which is at most six logins in any hour.
 *
 * @param losses how many in a row, this one included
 */
export function pauseMs(trouble: MailboxTrouble, losses: number): number {
  const doubled = 2 ** (losses - 1);
  return ofTheAccount.includes(trouble) ? Math.min(doubled * minute, 30 * minute) : Math.min(doubled * second, minute);
}

/** Why and until when nobody knocks at the server. */
export type Pause = {
  begin: (failure: MailboxFailure, connectedMs: number) => void;
  /** The trouble that the pause is for; null when it is over. */
  reason: () => MailboxFailure | null;
  leftMs: () => number;
};

/** A connection that lasted this long was a good one: its loss counts as the first. */
const goodMs = minute;

/** @param now milliseconds of a clock that never jumps: one set right by a day must not mean a day without mail */
export function pauses(now: () => number): Pause {
  let losses = 0;
  let last: { failure: MailboxFailure; until: number } | null = null;
  const leftMs = () => Math.max(0, (last?.until ?? 0) - now());
  return {
    begin: (failure, connectedMs) => {
      losses = connectedMs > goodMs ? 1 : losses + 1;
      last = { failure, until: now() + pauseMs(failure.trouble, losses) };
    },
    reason: () => (last && leftMs() > 0 ? last.failure : null),
    leftMs,
  };
}
