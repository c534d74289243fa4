import type { NameWords } from '../notice/words.ts';
import { madeOnce } from '../text/made-once.ts';
import { squeeze } from '../text/squeeze.ts';

/**
 * Names of people in a title or file name: `推荐表（李建国）.docx`, `温县总工会—欧阳春`. What is known to be no name is
 * taken out first; what is left must begin with a surname and have two or three signs (compound surnames one more).
 *
 * @param strangers further words that are no names here: the unions' names
 */
export function personNamesIn(text: string, words: NameWords, strangers: readonly string[]): string[] {
  const title = squeeze(text.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/\s+/g, '|'));
  const rest = notNamesOf(words)(strangers).reduce((left, word) => left.replaceAll(word, '|'), title);
  return [...new Set(rest.split(/[^\p{Script=Han}·•]+/u).filter((piece) => isPersonName(piece, words)))];
}

const notNamesOf = madeOnce((words: NameWords) =>
  madeOnce((strangers: readonly string[]) =>
    [...words.notNames, ...strangers].map(squeeze).sort((a, b) => b.length - a.length),
  ),
);

/** Two or three signs after a known surname; with a dot (minority names) two to fifteen. */
export function isPersonName(text: string, words: NameWords): boolean {
  if (/^\p{Script=Han}+[·•]\p{Script=Han}+$/u.test(text)) return text.length <= 15;
  if (words.compoundSurnames.some((surname) => text.startsWith(surname))) return text.length >= 3 && text.length <= 4;
  return text.length >= 2 && text.length <= 3 && words.surnames.includes(text[0] ?? '?');
}

/** `推荐人选：张三`, `现将王五同志的材料报上`: names that the letter introduces as such. */
export function introducedNames(
  text: string,
  words: NameWords,
  before: readonly string[],
  after: readonly string[],
): string[] {
  const front = [...text.matchAll(nameBehind(before))];
  const back = [...text.matchAll(nameBefore(after))];
  const names = [...front.map((match) => match[1] ?? ''), ...back.map((match) => endingName(match[1] ?? '', words))];
  return [
    ...new Set(
      names.filter((name) => isPersonName(name, words) && !words.notNames.some((word) => name.includes(word))),
    ),
  ];
}

const either = (list: readonly string[]) => list.map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('|');
const nameBehind = madeOnce(
  (words: readonly string[]) =>
    new RegExp(`(?:${either(words)})[为是：:“"\\s]{1,3}(\\p{Script=Han}{2,4})(?!\\p{Script=Han})`, 'gu'),
);
/** The words first: a text has few of them, and signs everywhere. */
const nameBefore = madeOnce(
  (words: readonly string[]) => new RegExp(`(?<=(\\p{Script=Han}{2,4}))(?:${either(words)})`, 'gu'),
);

/** The name that a run of signs ends with: 李建国 of 将李建国. The longer reading first: given names mostly have two signs. */
function endingName(run: string, words: NameWords): string {
  return [4, 3, 2].map((length) => run.slice(-length)).find((name) => isPersonName(name, words)) ?? '';
}
