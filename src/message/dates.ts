const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** RFC 5322 §4.3, except CST: in this mailbox it is China's time, never Chicago's. */
const zones: Record<string, number> = {
  ut: 0,
  utc: 0,
  gmt: 0,
  z: 0,
  cst: 480,
  est: -300,
  edt: -240,
  mst: -420,
  mdt: -360,
  pst: -480,
  pdt: -420,
  jst: 540,
};
const chinaMinutes = 480;

const time = String.raw`(\d{1,2}):(\d{1,2})(?::(\d{1,2})(?:\.\d+)?)?`;
const zone = String.raw`(?:\s*(?:GMT|UTC)?([+-])(\d{2}):?(\d{2})|\s*([A-Z]{1,4})\b)?`;
/** 18 Jul 2018 15:42:01 +0800; also `18-Jul-18` and `18 7月 2018` of Chinese systems. */
const dayFirst = new RegExp(
  String.raw`(\d{1,2})[\s-]+([a-z]{3,9}|\d{1,2}月)\.?[\s-]+(\d{2,4}),?\s+${time}${zone}`,
  'i',
);
/** Jul 18 15:42:01 2018, with or without a zone before the year. */
const yearLast = new RegExp(String.raw`([a-z]{3})\s+(\d{1,2})\s+${time}\s+(?:([A-Z]{2,4})\s+)?(\d{4})`, 'i');
/** 2018-07-18T15:42:01+08:00, 2018/7/18 15:42, 2018年7月18日 15:42. */
const yearFirst = new RegExp(String.raw`(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:T|\s*)${time}${zone}`, 'i');

/**
 * Reads a date as mail writes it: RFC 5322 with comments, two-digit years, missing seconds, weekdays in any language,
 * `GMT+0800`, asctime and ISO forms. A date without a zone is China's time.
 *
 * @param text a Date header or the date of a Received header
 * @returns null when it cannot be read or names no real moment (31 June, 25:00): never "now", as mailparser answers
 */
export function readDate(text: string): Date | null {
  const plain = withoutComments(text.slice(0, 300));
  return fromDayFirst(plain) ?? fromYearFirst(plain) ?? fromYearLast(plain);
}

/** RFC 5322 §3.2.2: comments may nest. An opening bracket that is never closed is no comment. */
export function withoutComments(text: string): string {
  for (let before = text; ; ) {
    const after = before.replace(/\([^()]*\)/g, ' ');
    if (after === before) return after;
    before = after;
  }
}

function fromDayFirst(text: string): Date | null {
  const match = dayFirst.exec(text);
  if (!match) return null;
  const [, day, month, year, hour, minute, second, sign, zoneHours, zoneMinutes, name] = match;
  return moment(
    [fullYear(year), monthOf(month), day, hour, minute, second],
    offset(sign, zoneHours, zoneMinutes, name),
  );
}

function fromYearFirst(text: string): Date | null {
  const match = yearFirst.exec(text);
  if (!match) return null;
  const [, year, month, day, hour, minute, second, sign, zoneHours, zoneMinutes, name] = match;
  return moment([Number(year), Number(month), day, hour, minute, second], offset(sign, zoneHours, zoneMinutes, name));
}

function fromYearLast(text: string): Date | null {
  const match = yearLast.exec(text);
  if (!match) return null;
  const [, month, day, hour, minute, second, name, year] = match;
  return moment([Number(year), monthOf(month), day, hour, minute, second], offset(undefined, '', '', name));
}

/** RFC 5322 §4.3: 00–49 are 2000–2049, other two- and three-digit years count from 1900. */
function fullYear(text: string | undefined): number {
  const year = Number(text);
  if ((text?.length ?? 0) >= 4) return year;
  return text?.length === 2 && year < 50 ? 2000 + year : 1900 + year;
}

function monthOf(text: string | undefined): number {
  if (text?.endsWith('月')) return Number.parseInt(text, 10);
  return months.indexOf((text ?? '').slice(0, 3).toLowerCase()) + 1;
}

/** Minutes east of Greenwich; an unknown name counts as no name. */
function offset(sign?: string, hours?: string, minutes?: string, name?: string): number {
  if (sign) return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  return zones[(name ?? '').toLowerCase()] ?? chinaMinutes;
}

type Figures = [number, number, ...(string | undefined)[]];

function moment(figures: Figures, offsetMinutes: number): Date | null {
  const [year, month, day, hour, minute, second] = figures.map((figure) => Number(figure ?? 0)) as number[];
  if (!year || !month || month > 12 || !day || Math.abs(offsetMinutes) > 14 * 60) return null;
  const daysInMonth = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (day > daysInMonth || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const wall = Date.UTC(year, month - 1, day, hour, minute, Math.min(59, Number(second)));
  return new Date(wall - offsetMinutes * 60_000);
}
