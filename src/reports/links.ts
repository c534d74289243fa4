import { atOfficeTime, sayDay, shiftDay } from '../clock.ts';
import type { LinkedFile } from '../message/mail.ts';

/** When a link may begin to be dead. A mail that names only the day: at the start of that day. Null: it does not say. */
export const expiryOf = (link: LinkedFile): Date | null => instantOf(link.expiresAt, 0);

/** Whether it is dead for sure; on a day named without an hour it is worth trying. */
export function isPast(link: LinkedFile, now: Date): boolean {
  const end = instantOf(link.expiresAt, 1);
  return end !== null && end <= now;
}

/** `7月21日`; empty when the mail does not say. */
export function sayExpiry(link: LinkedFile): string {
  const at = expiryOf(link);
  return at ? sayDay(at) : '';
}

function instantOf(said: string | null, daysLater: number): Date | null {
  if (said === null) return null;
  const at = /^\d{4}-\d\d-\d\d$/.test(said) ? atOfficeTime(shiftDay(said, daysLater), '00:00') : new Date(said);
  return Number.isNaN(at.getTime()) ? null : at;
}
