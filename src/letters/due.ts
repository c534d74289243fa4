import type { CheckedApplication } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** In the last 24 hours a union that waits for its letter has little time left to mend. */
const lastDayQuietMinutes = 3;

/**
 * When the letter about an application falls due, in office time: at once when it is complete; otherwise after a quiet
 * period, because unions send their materials in several mails.
 *
 * @param changedAt when a person last changed it: to set a name and two files right makes three states, and the union is
 *   to hear of the last
 */
export function dueAt(
  { complete, lastReceivedAt }: Pick<CheckedApplication, 'complete' | 'lastReceivedAt'>,
  { deadline }: Pick<Notice, 'deadline'>,
  quietMinutes: number,
  changedAt: Date | null = null,
): Date {
  const isChanged = changedAt !== null && changedAt > lastReceivedAt;
  if (complete && !isChanged) return lastReceivedAt;
  const from = isChanged ? changedAt : lastReceivedAt;
  const left = deadline.cutOff.getTime() - from.getTime();
  const isLastDay = left > 0 && left <= dayMs;
  const quiet = isLastDay ? Math.min(quietMinutes, lastDayQuietMinutes) : quietMinutes;
  return new Date(from.getTime() + quiet * minuteMs);
}
