import { certificatesOf, type Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';

/** A certificate with a text layer: short, and with words that only one requirement's certificates bear. */
export function certificateByText(text: string, notice: Notice): string | null {
  if (text === '' || text.length > 1500) return null;
  const bare = squeeze(text);
  const scored = notice.requirements
    .map((requirement) => ({
      code: requirement.code,
      hits: wordsIn(bare, certificatesOf(requirement)?.words ?? []),
    }))
    .sort((a, b) => b.hits - a.hits);
  const [best, next] = scored;
  return best && best.hits >= 2 && best.hits > (next?.hits ?? 0) ? best.code : null;
}

/** How many of the words a text holds, none of them inside a longer one: 技术创新成果 is one word, not two. */
function wordsIn(text: string, words: readonly string[]): number {
  const longestFirst = words.map(squeeze).sort((a, b) => b.length - a.length);
  return longestFirst.reduce(
    ({ left, count }, word) =>
      left.includes(word) ? { left: left.replaceAll(word, '|'), count: count + 1 } : { left, count },
    { left: text, count: 0 },
  ).count;
}
