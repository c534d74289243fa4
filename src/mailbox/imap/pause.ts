import type { MailboxTrouble } from '../failure.ts';

const second = 1_000;
const minute = 60_000;

/** Troubles that a server may answer with a locked account when a program keeps knocking. */
const ofTheAccount: MailboxTrouble[] = ['login_refused', 'imap_off', 'unsafe_login'];

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
