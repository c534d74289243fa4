/** What a patent number says, or what is wrong with it, in words for the union. */
export type PatentNumber =
  | { kind: 'valid'; type: '发明' | '实用新型' | '外观设计' | null; filed: number; key: string }
  | { kind: 'invalid'; reason: string };

const types: Record<string, '发明' | '实用新型' | '外观设计'> = {
  1: '发明',
  2: '实用新型',
  3: '外观设计',
  8: '发明',
  9: '实用新型',
};

/**
 * Chinese application number, which a granted patent carries after ZL. From 2003-10: year(4) type(1) serial(7) and a
 * check digit; before: year(2) type(1) serial(5) and a check digit; weights 2…9 repeated, mod 11, 10 is X.
 * Accepted as typed: ZL, CN or nothing before it, full-width signs, spaces, a missing dot, a remark in brackets behind
 * it; also several in one cell, all of them right, the first speaking for them (of no type when theirs differ).
 */
export function readPatentNumber(text: string): PatentNumber {
  const whole = readOne(text);
  if (whole.kind === 'valid') return whole;
  const [first, ...more] = text
    .split(/[\n、，,；;]+/)
    .filter((part) => part.trim() !== '')
    .map(readOne);
  if (first?.kind !== 'valid' || more.length === 0) return whole;
  if (!more.every((each) => each.kind === 'valid')) return whole;
  return more.every((each) => each.type === first.type) ? first : { ...first, type: null };
}

function readOne(text: string): PatentNumber {
  const bare = text
    .normalize('NFKC')
    .replace(/[\s:：]/g, '')
    .replace(/\([^()]*\)$/, '')
    .toUpperCase()
    .replace(/^(专利号|申请号)/, '')
    .replace(/^(ZL|CN(?=\d{8,12}\.?[\dX]$))/, '');
  if (/^CN\d{7,9}[A-Z]\d?$/.test(bare)) return { kind: 'invalid', reason: '是公告（公开）号' };
  if (/^第?\d{5,9}号$/.test(bare) || bare.includes('证书')) return { kind: 'invalid', reason: '是证书号' };
  const match = /^(\d{12}|\d{8})[.。·．]?([\dX])$/.exec(bare);
  if (!match) return { kind: 'invalid', reason: /^(\d{12}|\d{8})$/.test(bare) ? '缺少末位校验码' : '位数或写法不符' };
  const [, digits = '', check] = match;
  if (check !== checkOf(digits)) return { kind: 'invalid', reason: '校验位不符' };
  const long = digits.length === 12;
  const type = types[digits[long ? 4 : 2] ?? ''] ?? null;
  return {
    kind: 'valid',
    type,
    filed: long ? Number(digits.slice(0, 4)) : yearOf(Number(digits.slice(0, 2))),
    key: `${digits}.${check}`,
  };
}

function checkOf(digits: string): string {
  const sum = [...digits].reduce((total, digit, index) => total + Number(digit) * (2 + (index % 8)), 0);
  return sum % 11 === 10 ? 'X' : String(sum % 11);
}

/** Short numbers were given from 1985 to 2003. */
const yearOf = (twoDigits: number) => (twoDigits >= 85 ? 1900 + twoDigits : 2000 + twoDigits);
