import { DateTime } from 'luxon';
import { Failure } from './errors.ts';

/**
 * Office time: deadlines, letters and digests are told in the office's zone whatever the computer is set to. Nobody
 * else asks for the time of day or formats it.
 */
export const officeZone = 'Asia/Shanghai';

const inOffice = (instant: Date) => DateTime.fromJSDate(instant, { zone: officeZone });

/** `2018-07-18T15:42:00+08:00`, for JSON: whole seconds, as people and mail count. */
export function officeIso(instant: Date): string {
  return inOffice(instant).startOf('second').toISO({ suppressMilliseconds: true }) ?? '';
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

/** Office time as the program lives it. Deadlines, quiet periods, digests and letters' dates ask it, nobody else. */
export type Clock = { now: () => Date };

/**
 * @param start the instant (setting NOW) at which office time stands when the program starts; it runs on from there.
 *   null: office time is the computer's own.
 */
export function officeClock(start: Date | null): Clock {
  const ahead = start === null ? 0 : start.getTime() - Date.now();
  return { now: () => new Date(Date.now() + ahead) };
}

/** Machine time: retries, leases, polls, timeouts. Always real, whatever NOW says. */
export const machineNow = () => new Date();

/** `2018-07-18`, the office's calendar day of an instant. */
export function dayName(instant: Date): string {
  return inOffice(instant).toFormat('yyyy-MM-dd');
}

/**
 * The instant at which the office's clock shows `time` on a day.
 *
 * @param day `2018-07-18`
 * @param time `08:30`
 */
export function atOfficeTime(day: string, time: string): Date {
  return DateTime.fromISO(`${day}T${time}`, { zone: officeZone }).toJSDate();
}

/** The day before or after by whole days: `nextDay('2018-07-31', 1)` is `2018-08-01`. */
export function shiftDay(day: string, days: number): string {
  return DateTime.fromISO(day, { zone: officeZone }).plus({ days }).toFormat('yyyy-MM-dd');
}
