import { atOfficeTime, dayName, shiftDay } from '../clock.ts';

/** The day whose digest is the latest that should exist: today's from the digest hour on, before it yesterday's. */
export function digestDayDue(now: Date, digestAt: string): string {
  const today = dayName(now);
  return now >= atOfficeTime(today, digestAt) ? today : shiftDay(today, -1);
}

/** The next instant at which a digest falls due. */
export function nextDigest(now: Date, digestAt: string): Date {
  return atOfficeTime(shiftDay(digestDayDue(now, digestAt), 1), digestAt);
}
