import { atOfficeTime, dayName, shiftDay } from '../../clock.ts';

/** How fast letters may leave: settings LETTERS_PER_MINUTE and LETTERS_PER_DAY; 0 means no limit. */
export type Pace = { perMinute: number; perDay: number };

const minute = 60_000;
/** NetEase shuts a sender out after too many letters in a quarter of an hour (451 MI:SFQ); 20 has been safe. */
const quarterHour = { letters: 20, ms: 15 * minute };

/**
 * Whether one more letter may leave now. Days are the provider's, Beijing time; a full day goes on at 00:10.
 *
 * @param sentAt machine times of letters handed over, at least of today and the last quarter of an hour
 * @returns when not now, the first moment at which it may
 */
export function mayGo({ perMinute, perDay, sentAt, now }: Pace & { sentAt: readonly Date[]; now: Date }): {
  now: boolean;
  waitUntil: Date | null;
} {
  if (perMinute === 0 && perDay === 0) return { now: true, waitUntil: null };
  const sent = sentAt.map((at) => at.getTime()).filter((at) => at <= now.getTime()); // a clock set back bars nobody
  const waits = [
    perMinute > 0 ? windowEnds(sent, perMinute, minute, now) : null,
    windowEnds(sent, quarterHour.letters, quarterHour.ms, now),
    perDay > 0 ? dayEnds(sent, perDay, now) : null,
  ].filter((at) => at !== null);
  return waits.length === 0 ? { now: true, waitUntil: null } : { now: false, waitUntil: new Date(Math.max(...waits)) };
}

/** When so many of the letters within the last `ms` have left the window that one more fits; null: it fits now. */
function windowEnds(sent: number[], limit: number, ms: number, now: Date): number | null {
  const within = sent.filter((at) => at > now.getTime() - ms).sort((a, b) => a - b);
  const leaves = within[within.length - limit];
  return leaves === undefined ? null : leaves + ms;
}

function dayEnds(sent: number[], limit: number, now: Date): number | null {
  const today = dayName(now);
  const count = sent.filter((at) => dayName(new Date(at)) === today).length;
  return count < limit ? null : atOfficeTime(shiftDay(today, 1), '00:10').getTime();
}
