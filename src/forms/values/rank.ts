import type { ValueWords } from '../../notice/words.ts';
import { squeeze } from '../../text/squeeze.ts';

/** `1`, `2/5`, `第三`, `独立完成`: whether a text says which of several authors someone is. */
export function saysRank(text: string, { rankWords }: Pick<ValueWords, 'rankWords'>): boolean {
  const bare = squeeze(text);
  return /[\d一二三四五六七八九十]/.test(bare) || rankWords.some((word) => bare.includes(squeeze(word)));
}
