import type { CheckedApplication } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
/** In the last 24 hours a union that waits for its letter has little time left to mend. */
const lastDayQuietMinutes = 3;

/**
 * When the letter about an application falls due, in office time: at once when it is complete; otherwise after a quiet
 * period, because unions send their materials in several mails.
 */
export function dueAt(
  { complete, lastReceivedAt }: Pick<CheckedApplication, 'complete' | 'lastReceivedAt'>,
  { deadline }: Pick<Notice, 'deadline'>,
  quietMinutes: number,
): Date {
  if (complete) return lastReceivedAt;
  const left = deadline.cutOff.getTime() - lastReceivedAt.getTime();
  const isLastDay = left > 0 && left <= dayMs;
  const quiet = isLastDay ? Math.min(quietMinutes, lastDayQuietMinutes) : quietMinutes;
  return new Date(lastReceivedAt.getTime() + quiet * minuteMs);
}
