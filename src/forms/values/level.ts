import type { ValueWords } from '../../notice/words.ts';
import { squeeze } from '../../text/squeeze.ts';
import { ticked } from './ticks.ts';

/**
 * The vocational level a text states, as its place in the ladder (0 lowest), by whole words and longest first: 高级技师
 * contains 技师, 高级工程师 contains 高级工 and is a title, no level; 三级 is above 四级. The highest of several counts; of
 * options with boxes, those that are ticked.
 *
 * @returns null when the text states no level, so that a person looks
 */
export function readSkillLevel(text: string, words: ValueWords): { level: string; rank: number } | null {
  const known = words.skillLevels.flatMap(({ level, words: spelled }, rank) =>
    spelled.map((word) => ({ word: squeeze(word), level, rank })),
  );
  const titles = words.notSkillLevels.map((word) => ({ word: squeeze(word), level: '', rank: -1 }));
  const found = wordsIn(squeeze(ticked(text) ?? text), [...known, ...titles]).filter(({ rank }) => rank >= 0);
  return found.sort((a, b) => b.rank - a.rank)[0] ?? null;
}

/** Where a level stands in the ladder; -1 for none. */
export function skillRank(level: string, words: ValueWords): number {
  return words.skillLevels.findIndex((each) => each.level === level);
}

/**
 * The level of an award: 国家级, 省部级, 市级 … A single sign (省, 市, 县) counts only when it is all there is.
 *
 * @returns null when the text names no level
 */
export function readAwardLevel(text: string, words: ValueWords): ValueWords['awardLevels'][number] | null {
  const bare = squeeze(text);
  const exact = words.awardLevels.find((each) => each.words.some((word) => squeeze(word) === bare));
  if (exact) return exact;
  const known = words.awardLevels.flatMap((award) =>
    award.words.filter((word) => squeeze(word).length > 1).map((word) => ({ word: squeeze(word), award })),
  );
  return wordsIn(bare, known)[0]?.award ?? null;
}

/** 发明, 实用新型 or 外观设计 as typed; null when it is none of them. */
export function readPatentType(text: string, words: ValueWords): string | null {
  const bare = squeeze(ticked(text) ?? text);
  const known = words.patentTypes.flatMap(({ type, words: spelled }) =>
    spelled.map((word) => ({ word: squeeze(word), type })),
  );
  return wordsIn(bare, known)[0]?.type ?? null;
}

/** The known words of a text from left to right, at each place the longest, none inside another. */
function wordsIn<Known extends { word: string }>(text: string, known: Known[]): Known[] {
  const longestFirst = [...known].sort((a, b) => b.word.length - a.word.length);
  const found: Known[] = [];
  for (let at = 0; at < text.length; ) {
    const here = longestFirst.find(({ word }) => text.startsWith(word, at));
    if (here && !/[一二三四五六七八九十]$/.test(text.slice(0, at))) found.push(here);
    at += here ? here.word.length : 1;
  }
  return found;
}
