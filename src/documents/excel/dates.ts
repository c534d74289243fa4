import { type CellObject, SSF } from '@e965/xlsx';

/**
 * The date formats that Chinese Excel and WPS know by number alone (ISO/IEC 29500-1 18.8.30, zh-cn): the file names
 * only the number, and the library would show 2017年9月 as 9/1/17.
 */
export const chineseDates: Record<number, string> = {
  27: 'yyyy"年"m"月"',
  28: 'm"月"d"日"',
  29: 'm"月"d"日"',
  30: 'm-d-yy',
  31: 'yyyy"年"m"月"d"日"',
  32: 'h"时"mm"分"',
  33: 'h"时"mm"分"ss"秒"',
  36: 'yyyy"年"m"月"',
  50: 'yyyy"年"m"月"',
  51: 'm"月"d"日"',
  52: 'yyyy"年"m"月"',
  53: 'm"月"d"日"',
  54: 'm"月"d"日"',
  57: 'yyyy"年"m"月"',
  58: 'm"月"d"日"',
};

/** The short date of a Chinese Windows, which format 14 means. */
export const shortDate = 'yyyy/m/d';
const longDate = 'yyyy"年"m"月"d"日"';

/** Writes those formats into a styles part, before the file's own, which still win. */
export function withChineseDates(styles: Buffer): Buffer {
  const xml = styles.toString('utf8');
  const formats = (prefix: string) =>
    Object.entries(chineseDates)
      .map(([id, code]) => `<${prefix}numFmt numFmtId="${id}" formatCode="${code.replaceAll('"', '&quot;')}"/>`)
      .join('');
  const list = /<((?:\w+:)?)numFmts\b[^>]*[^/]>/.exec(xml);
  if (list) return insert(xml, list, formats(list[1] ?? ''));
  const sheet = /<((?:\w+:)?)styleSheet\b[^>]*>/.exec(xml);
  if (!sheet) return styles;
  const prefix = sheet[1] ?? '';
  return insert(xml, sheet, `<${prefix}numFmts>${formats(prefix)}</${prefix}numFmts>`);
}

function insert(xml: string, after: RegExpExecArray, what: string): Buffer {
  const at = after.index + after[0].length;
  return Buffer.from(xml.slice(0, at) + what + xml.slice(at));
}

/** True when the cell shows a day or month, not only an hour. `m` alone may be minutes. */
function showsDay(format: string): boolean {
  const signs = format.replace(/"[^"]*"|\\.|\[[^\]]*\]/g, '');
  return SSF.is_date(format) && /[yde]/i.test(signs);
}

/**
 * A number cell that is a date: as the sheet shows it, and as `yyyy-mm-dd`.
 * @param is1904 days count from 1904 (workbooks once made on a Mac)
 * @returns null for a plain number or a bare time of day
 */
export function dateOf(cell: CellObject, is1904: boolean): { text: string; date: string } | null {
  const format = String(cell.z ?? '');
  if (typeof cell.v !== 'number' || cell.v < 1 || !format) return null;
  const isSystemDate = format.includes('$-F800'); // the long date of whoever looks
  if (!isSystemDate && !showsDay(format)) return null;
  const day = SSF.parse_date_code(cell.v, { date1904: is1904 });
  if (!day) return null;
  const two = (part: number) => String(part).padStart(2, '0');
  const text = isSystemDate ? SSF.format(longDate, cell.v, { date1904: is1904 }) : (cell.w ?? '');
  return { text: text.trim(), date: `${day.y}-${two(day.m)}-${two(day.d)}` };
}
