import { atOfficeTime, dayName, shiftDay } from '../../clock.ts';
import type { KeptRecord, OfficeFacts } from '../facts.ts';

/** The time that one digest tells of: `since` included, `until` excluded. */
export type Window = { since: Date; until: Date };

/**
 * The digest of a day tells what the ledger met from the digest hour of the day before until that day's, so that every
 * mail is new in exactly one digest. Asked for today, it tells all up to now: a person who looks in the afternoon
 * wants the afternoon, and the next morning tells it again in its own window.
 */
export function windowOf({ now, digestAt }: Pick<OfficeFacts, 'now' | 'digestAt'>, day: string): Window {
  const until = atOfficeTime(day, digestAt);
  return { since: atOfficeTime(shiftDay(day, -1), digestAt), until: day === dayName(now) && now > until ? now : until };
}

export const within = ({ since, until }: Window, instant: Date) => instant >= since && instant < until;

/**
 * The mails that are new in a window: by when the ledger met them, not by when they arrived. A mail that arrived at
 * 08:29 and was fetched at 08:31, or after a night without network, would else be new in no digest at all.
 */
export function newIn(window: Window, messages: readonly KeptRecord[]): KeptRecord[] {
  return messages.filter(({ keptAt }) => within(window, keptAt));
}
