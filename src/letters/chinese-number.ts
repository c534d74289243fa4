const signs = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

/** 6 → 六, 12 → 十二, 35 → 三十五; as letters number their sections and count their materials. Below 100. */
export function chineseNumber(value: number): string {
  const [tens, ones] = [Math.floor(value / 10), value % 10];
  if (tens === 0) return signs[ones] ?? '';
  return `${tens === 1 ? '' : signs[tens]}十${ones === 0 ? '' : signs[ones]}`;
}

/** How many there are, before 处 or 项: two is 两. */
export const chineseCount = (value: number) => (value === 2 ? '两' : chineseNumber(value));
