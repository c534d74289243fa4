import { DateTime } from 'luxon';
import { Failure } from './errors.ts';

/**
 * Office time: deadlines, letters and digests are told in the office's zone whatever the computer is set to. Nobody
 * else asks for the time of day or formats it.
 */
export const officeZone = 'Asia/Shanghai';

const inOffice = (instant: Date) => DateTime.fromJSDate(instant, { zone: officeZone });

/** `2018-07-18T15:42:00+08:00`, for JSON. */
export function officeIso(instant: Date): string {
  return inOffice(instant).toISO({ suppressMilliseconds: true }) ?? '';
}

/** `2018年7月18日 15时42分`, for letters. */
export function sayMoment(instant: Date): string {
  return inOffice(instant).toFormat('yyyy年M月d日 HH时mm分');
}

/** `7月20日`, for a day within the round. */
export function sayDay(instant: Date): string {
  return inOffice(instant).toFormat('M月d日');
}

/** The office's calendar day of an instant. */
export function officeDay(instant: Date): { year: number; month: number; day: number } {
  const { year, month, day } = inOffice(instant);
  return { year, month, day };
}

/**
 * An instant as a person types it: `2018-07-20T23:59:59`, `2018-07-20 23:59:59` (office time), or with a zone.
 *
 * @throws Failure (usage) when it is none
 */
export function parseInstant(text: string): Date {
  const parsed = DateTime.fromISO(text.trim().replace(' ', 'T'), { zone: officeZone, setZone: false });
  if (!parsed.isValid)
    throw new Failure('usage', `看不懂时间“${text}”，请写成 2018-07-20T23:59:59 或 2018-07-20T23:59:59+08:00`);
  return parsed.toJSDate();
}
