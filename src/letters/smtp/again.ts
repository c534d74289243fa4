import { atOfficeTime, dayName, shiftDay } from '../../clock.ts';
import type { Answer } from './answer.ts';

const longestWaitMinutes = 240;

/**
 * The same answer met again: waits grow, and what was tried often enough waits for a person.
 *
 * @param tries how often this letter was tried, this time included
 */
export function afterTries(answer: Answer, tries: number): Answer {
  if (answer.next !== 'retry') return answer;
  if (answer.atMostTries !== null && tries >= answer.atMostTries)
    return {
      ...answer,
      next: 'never',
      afterMinutes: null,
      forPerson: `已试发 ${tries} 次仍未成功。${answer.forPerson}`,
    };
  const growth = answer.doubling ? 2 ** Math.min(tries - 1, 10) : 1;
  return { ...answer, afterMinutes: Math.min((answer.afterMinutes ?? 1) * growth, longestWaitMinutes) };
}

/**
 * When the letter (`retry`), or the whole outbox (`pause_outbox`, `next_day`), may go on.
 *
 * @param now machine time: providers count by the real clock
 * @returns null when nothing goes on by itself, and for what was sent
 */
export function goesOnAt({ next, afterMinutes }: Answer, now: Date): Date | null {
  if (next === 'next_day') return atOfficeTime(shiftDay(dayName(now), 1), '00:10');
  if (next !== 'retry' && next !== 'pause_outbox') return null;
  return new Date(now.getTime() + (afterMinutes ?? 1) * 60_000);
}
