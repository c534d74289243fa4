import type { PartialDate } from './date.ts';

/** What an ID number says, or why it cannot be one. GB 11643-1999. */
export type IdNumber =
  | { kind: 'valid'; birth: PartialDate; sex: '男' | '女' }
  | { kind: 'truncated' }
  | { kind: 'invalid'; reason: string };

const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkSigns = '10X98765432';

/**
 * @param text the number as typed or shown
 * @param value the cell as stored: a workbook keeps only 15 digits of a number, so 18 typed digits come out ending in
 *   000 or as 4.1E+17 (truncated: the right digits are lost, not mistyped)
 */
export function readIdNumber(text: string, value: unknown = null): IdNumber {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s\-']/g, '')
    .toUpperCase();
  if (/^\d(\.\d+)?E\+?1[67]$/.test(bare) || (typeof value === 'number' && value >= 1e16)) return { kind: 'truncated' };
  if (/^\d{15}000$/.test(bare) && !checks(bare)) return { kind: 'truncated' };
  if (/^\d{15}$/.test(bare)) return { kind: 'invalid', reason: '是15位旧号码' };
  if (!/^\d{17}[\dX]$/.test(bare))
    return { kind: 'invalid', reason: /^[\dX]+$/.test(bare) ? `为${bare.length}位，应为18位` : '含有数字以外的字符' };
  const birth = birthOf(bare);
  if (!birth) return { kind: 'invalid', reason: '中的出生日期不存在' };
  if (!checks(bare)) return { kind: 'invalid', reason: '校验位不符' };
  return { kind: 'valid', birth, sex: Number(bare[16]) % 2 === 1 ? '男' : '女' };
}

/** `410802********123X`: enough for a person to find it again, too little to use. */
export function maskIdNumbers(text: string): string {
  return text.replace(
    /(?<![\dA-Za-z])(\d{6})\d{5,8}(\d{3}[\dXx])(?![\dA-Za-z])/g,
    (whole, head: string, tail: string) => head + '*'.repeat(whole.length - 10) + tail,
  );
}

function checks(bare: string): boolean {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(bare[index]), 0);
  return bare[17] === checkSigns[sum % 11];
}

function birthOf(bare: string): PartialDate | null {
  const [year, month, day] = [bare.slice(6, 10), bare.slice(10, 12), bare.slice(12, 14)].map(Number) as [
    number,
    number,
    number,
  ];
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists = date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  return exists && year > 1900 && year < 2100 ? { year, month, day } : null;
}
