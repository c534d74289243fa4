const units: Record<string, number> = { '': 1, k: 1024, m: 1024 ** 2, g: 1024 ** 3, t: 1024 ** 4 };

/** `80.96M`, `3.2 MB`, `512KB`, `1024字节`; a figure without a unit is no size. */
const size = /(?<![\d.])(\d{1,9}(?:\.\d{1,3})?)\s*(?:([KMGT])i?B?|B(?:ytes?)?|字节)(?![a-z])/i;

/** A date near a word of ending; `到期` may stand before or behind it. */
const date = String.raw`(\d{4})[年/.-](\d{1,2})[月/.-](\d{1,2})日?(?:\s*(\d{1,2}):(\d{2})(?::\d{2})?)?`;
const ending = new RegExp(
  String.raw`(?:到期|过期|失效|有效期|截止|expires?)[^\d]{0,12}${date}|${date}[^\d]{0,6}(?:到期|过期|失效|前有效|之前有效|expire)`,
  'i',
);

/** `有效期：7天`, `30天内有效`, `15天后过期`: counted from the day the mail was sent. */
const lasting =
  /有效期(?:限)?\s*[:：]?\s*(\d{1,3})\s*天|(\d{1,3})\s*天(?:内|之内)?有效|(\d{1,3})\s*天后(?:过期|失效|到期)/;

/** `密码：8k2d`, `提取码 3m9f`: letters and figures that are no size. */
const password = /(?:密码|提取码|访问码|验证码|口令|pwd)\s*(?:[:：=是为]\s*)?[A-Za-z0-9]{4,8}/gi;

/** Bytes said in a text (1 M = 1,048,576), or null. */
export function sizeIn(text: string): number | null {
  const match = size.exec(text.slice(0, 1_000).replace(password, ' '));
  return match ? Math.round(Number(match[1]) * (units[(match[2] ?? '').toLowerCase()] ?? 1)) : null;
}

/**
 * The day or moment a linked file goes, as the text says it: `2018-08-17T00:49:00+08:00` or `2018-08-17`; null when
 * nothing is said (无限期) or the date is no real one.
 *
 * @param sentAt from when on `7天` counts; null: such words say nothing
 */
export function expiryIn(text: string, sentAt: Date | null): string | null {
  return expiryDate(text) ?? (sentAt && lastDay(text, sentAt));
}

function lastDay(text: string, sentAt: Date): string | null {
  const days = lasting.exec(text.slice(0, 1_000))?.slice(1).find(Boolean);
  if (days === undefined) return null;
  return new Date(sentAt.getTime() + 8 * 3_600_000 + Number(days) * 86_400_000).toISOString().slice(0, 10);
}

function expiryDate(text: string): string | null {
  const found = ending.exec(text.slice(0, 1_000))?.slice(1) ?? [];
  const figures = found[0] === undefined ? found.slice(5) : found.slice(0, 5);
  const [year, month, day, hour, minute] = figures.map((figure) => (figure === undefined ? null : Number(figure)));
  if (!year || !month || !day || month > 12 || day > new Date(Date.UTC(year, month, 0)).getUTCDate()) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  const onDay = `${year}-${two(month)}-${two(day)}`;
  if (hour === null || hour === undefined || minute === null || minute === undefined || hour > 23 || minute > 59)
    return onDay;
  return `${onDay}T${two(hour)}:${two(minute)}:00+08:00`;
}

/** The same from seconds since 1970 (QQ's attribute `expiretime`), in China's time. */
export function expiryOfSeconds(seconds: number | null): string | null {
  if (seconds === null || seconds > 4e9) return null;
  return `${new Date((seconds + 8 * 3600) * 1000).toISOString().slice(0, 19)}+08:00`;
}
