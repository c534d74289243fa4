import type { FieldType } from '../notice/form-schema.ts';
import type { ValueWords } from '../notice/words.ts';
import { madeOnce } from '../text/made-once.ts';
import { squeeze } from '../text/squeeze.ts';
import { readSex } from './values/count.ts';
import { ticked } from './values/ticks.ts';

/** `无`, `/`, `——` standing alone: a declared none, which is an answer and not a gap. */
export function isNone(text: string, words: ValueWords): boolean {
  const bare = squeeze(text);
  return bare !== '' && words.none.some((word) => squeeze(word) === bare);
}

/**
 * A row that declares its list empty in more words: 暂无专利, 本人无专利成果, a word for none before part of the form's title.
 * 无损检测工艺 begins like one and is a result.
 */
export function declaresNone(text: string, titles: readonly string[], words: ValueWords): boolean {
  if (isNone(text, words)) return true;
  const bare = squeeze(text).replace(/[。.]$/, '');
  const spoken = words.none.map(squeeze).filter((word) => /^\p{Script=Han}+$/u.test(word) && bare.startsWith(word));
  return spoken.some((word) => titles.some((title) => squeeze(title).includes(bare.slice(word.length))));
}

/**
 * Whether a cell holds only what the blank form already had: lines, brackets, `年 月 日`, `（盖章）`, `男 女` unticked.
 */
export function isBlank(text: string, type: FieldType, words: ValueWords): boolean {
  if (type === 'sex') return readSex(text) === null && !/[^男女□☐○/\s]/.test(text);
  if (isNone(text, words)) return false;
  if (type === 'skill_level' && ticked(text) === '') return true; // all the levels printed, none ticked
  return isInstruction(text, words) || withoutPlaceholders(text, words) === '';
}

/** `（请填写单位全称）`: printed to tell how to fill the cell, nothing filled in. */
function isInstruction(text: string, words: ValueWords): boolean {
  const inside = /^\(([^()]*)\)$/.exec(squeeze(text))?.[1];
  return inside !== undefined && words.instructions.some((word) => inside.includes(squeeze(word)));
}

/** What a person added to the printed words of the cell. */
export function withoutPlaceholders(text: string, words: ValueWords, more: readonly string[] = []): string {
  const bare = squeeze(text).replace(/[_\-—–/\\|():;,.。，、；：（）□☐○…～~'"“”]+/g, '');
  if (bare === '') return bare;
  const printed = more.length === 0 ? placeholdersOf(words) : longestFirst([...words.placeholders, ...more]);
  return printed.reduce((left, word) => left.replaceAll(word, ''), bare);
}

const longestFirst = (printed: readonly string[]) => printed.map(squeeze).sort((a, b) => b.length - a.length);
const placeholdersOf = madeOnce((words: ValueWords) => longestFirst(words.placeholders));
