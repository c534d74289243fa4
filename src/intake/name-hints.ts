import { certificatesOf, type Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import { squeeze } from '../text/squeeze.ts';

export type NameHint = { requirement: Requirement; part: 'form' | 'certificates' | 'photo'; word: string };

/**
 * What a file's name says it is: the longest of the round's words in the name itself, else in the folder or archive it
 * lies in; of two requirements with words of one length, the one with more of them. What is still even decides nothing
 * and comes back whole: 获奖证书 may be an innovation's or an honour's.
 */
export function nameHints(path: string, notice: Pick<Notice, 'requirements'>): NameHint[] {
  for (const segment of path.split('/').reverse()) {
    const name = squeeze(segment.replace(/\.[A-Za-z0-9]{1,5}$/, '')).toLowerCase();
    const hits = notice.requirements.flatMap((requirement) =>
      bestHint(hintWords(requirement).filter(({ word }) => says(name, squeeze(word).toLowerCase()))),
    );
    const best = hits.sort((a, b) => b.length - a.length || b.words - a.words)[0];
    if (best)
      return hits.filter(({ length, words }) => length === best.length && words === best.words).map(({ hint }) => hint);
  }
  return [];
}

/** The longest of one requirement's words found in a name, with how many of them were. */
function bestHint(found: NameHint[]): { hint: NameHint; length: number; words: number }[] {
  const [longest] = [...found].sort((a, b) => squeeze(b.word).length - squeeze(a.word).length);
  return longest ? [{ hint: longest, length: squeeze(longest.word).length, words: found.length }] : [];
}

function hintWords(requirement: Requirement): NameHint[] {
  const part = requirement.kind === 'photo' ? 'photo' : 'form';
  const own = requirement.fileNames.map((word): NameHint => ({ requirement, part, word }));
  const certificates = (certificatesOf(requirement)?.fileNames ?? []).map(
    (word): NameHint => ({ requirement, part: 'certificates', word }),
  );
  return [...own, ...certificates];
}

/** `附件1` is not said by `附件12`. */
function says(name: string, word: string): boolean {
  const at = name.indexOf(word);
  return at >= 0 && !(/\d$/.test(word) && /\d/.test(name[at + word.length] ?? ''));
}
