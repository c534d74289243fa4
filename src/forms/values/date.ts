import type { Value } from '../form.ts';

/** A date as far as a form states it: a year, a month, a day. */
export type PartialDate = { year: number; month: number | null; day: number | null };

const digits = '〇零一二三四五六七八九';

/**
 * Reads the shapes in which one column of a real list holds its dates: `2016.04`, `2017年12月`, `2015/6/30`, `201412`,
 * `二〇一八年七月`, `75.3`, `九六年五月`, a workbook's own date (`isoDate`). The first date of a text counts. A cell that shows year and
 * month only (1964年11月) states no day, whichever day Excel keeps behind it.
 *
 * @returns null when no date can be seen (also for month 13)
 */
export function readDate(text: string, isoDate: string | null = null): PartialDate | null {
  const shown = readDateText(text);
  const kept = isoDate === null ? null : readDateText(isoDate);
  return kept && shown?.month === kept.month && shown.day === null ? { ...kept, day: null } : (kept ?? shown);
}

/** The date of a field or cell; null when none can be seen. A month that Excel may have clipped is not told. */
export function dateOf(said: Pick<Value, 'text' | 'value' | 'date'>): PartialDate | null {
  const date = readDate(said.text, said.date);
  return date && isClippedMonth(said) ? { ...date, month: null } : date;
}

/**
 * 2007.10 typed into a sheet becomes the number 2007.1, which 2007.1 typed becomes as well: January or October, nobody
 * can tell. As text, or shown with two places, it says what it says.
 */
export const isClippedMonth = ({ text, value }: Pick<Value, 'text' | 'value'>): boolean =>
  typeof value === 'number' && /^(?:19|20)\d\d\.1$/.test(text.trim());

/** `2018/7/5 18:00` has an hour behind its day; `1975 03` and `2 0 1 8年` are spread for looks. */
function readDateText(text: string): PartialDate | null {
  const written = arabic(text.normalize('NFKC'));
  return dateIn(written.replace(/\s+(?!\d)|(?<!\d)\s+/g, '')) ?? dateIn(written.replace(/\s+/g, ''));
}

function dateIn(bare: string): PartialDate | null {
  const match =
    /(?<!\d)((?:19|20)\d\d)(?:年|[./\-、])(\d{1,2})(?:(?:月|[./\-、])(\d{1,2})(?!\d))?/.exec(bare) ??
    /(?<!\d)((?:19|20)\d\d)(\d\d)(\d\d)?(?!\d)/.exec(bare) ??
    /(?<!\d)((?:19|20)\d\d)(?:年|年度|$)/.exec(bare) ??
    /^自?(\d\d)[.年](\d{1,2})(?:月|(?!\d))(?:起|至今|以来|[-—–~至].*)?$/.exec(bare);
  if (!match) return null;
  const [year, month, day] = match.slice(1).map((part) => (part === undefined ? null : Number(part)));
  return possible({ year: fullYear(year ?? 0), month: month ?? null, day: day ?? null });
}

/** `12年`, `十二年`, `12年6个月`, `2年`: how long, where a starting month was asked for (annex 1, remark 2). */
export function isDuration(text: string): boolean {
  const bare = text.normalize('NFKC').replace(/\s+/g, '');
  return /^(约|近|已|共|从事|工作)*(\d{1,2}(\.\d)?|[一二三四五六七八九十两]+)(余|多|个半|年半)?年(以上|多|余|\d{1,2}个?月)?$/.test(
    bare,
  );
}

/** Whether `first` is certainly after `second`: only what both state is compared. */
export function isAfter(first: PartialDate, second: PartialDate): boolean {
  if (first.year !== second.year) return first.year > second.year;
  if (first.month === null || second.month === null || first.month !== second.month)
    return (first.month ?? 0) > (second.month ?? 12);
  return (first.day ?? 0) > (second.day ?? 31);
}

export function sayDate({ year, month, day }: PartialDate): string {
  return `${year}年${month === null ? '' : `${month}月`}${day === null ? '' : `${day}日`}`;
}

/** `75.3` is a birth, `08年5月` a prize: nobody at work now was born before 1940. */
const fullYear = (year: number) => (year < 40 ? 2000 + year : year < 100 ? 1900 + year : year);

function possible(date: PartialDate): PartialDate | null {
  if (date.month !== null && (date.month < 1 || date.month > 12)) return null;
  return date.day !== null && (date.day < 1 || date.day > 31) ? { ...date, day: null } : date;
}

/** 二〇一八年七月 → 2018年7月; also 十二月. */
function arabic(text: string): string {
  return text
    .replace(/[○◯]|(?<=[一二三四五六七八九])[Oo0](?=[一二三四五六七八九])/g, '〇') // what keyboards have for a nought
    .replace(/[〇零一二三四五六七八九]{4}(?=年)/g, (year) => [...year].map(digit).join(''))
    .replace(/(?<![〇零一二三四五六七八九十])[〇零一二三四五六七八九]{2}(?=年[一二三四五六七八九十]{1,2}月)/g, (year) =>
      [...year].map(digit).join(''),
    )
    .replace(/([一二三四五六七八九])?十([一二三四五六七八九])?(?=[月日])/g, (_, tens, ones) =>
      String((tens ? Number(digit(tens)) : 1) * 10 + (ones ? Number(digit(ones)) : 0)),
    )
    .replace(/[一二三四五六七八九](?=[月日])/g, digit);
}

const digit = (sign: string) => String(Math.max(0, digits.indexOf(sign) - 1));
