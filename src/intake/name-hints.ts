import { certificatesOf, type Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import { madeOnce } from '../text/made-once.ts';
import { squeeze } from '../text/squeeze.ts';

export type NameHint = { requirement: Requirement; part: 'form' | 'certificates' | 'photo'; word: string };

/**
 * What a file's name says it is: the longest of the round's words in the name itself, else in the folder or archive it
 * lies in; of two requirements with words of one length, the one with more of them. What is still even decides nothing
 * and comes back whole: 获奖证书 may be an innovation's or an honour's.
 */
export function nameHints(path: string, notice: Pick<Notice, 'requirements'>): NameHint[] {
  return (
    namesOf(path)
      .map((name) => hintsIn(name, notice))
      .find((hints) => hints.length > 0) ?? []
  );
}

/**
 * The requirements whose certificates a name lists one beside the other: 荣誉证书、专利证书.pdf, 荣誉+获奖+专利.zip. All of
 * them may be inside.
 *
 * @returns at least two codes, or none
 */
export function kindsListed(path: string, notice: Pick<Notice, 'requirements'>): string[] {
  const name = namesOf(path).find((each) => hintsIn(each, notice).length > 0) ?? '';
  const kinds = name.split(/[、,;+&和及与]/).map((part) => bearing(hintsIn(part, notice)));
  const [first, ...more] = kinds.filter((codes) => codes.length > 0);
  const other = first && more.some((codes) => codes.join() !== first.join());
  return other ? [...new Set(kinds.flat())] : [];
}

/** What a heading over pictures says they are: 荣誉证书复印件, 附：专利证书. */
export function kindsInHeading(text: string, notice: Pick<Notice, 'requirements'>): string[] {
  return text.length > 40 ? [] : bearing(hintsIn(squeeze(text), notice));
}

const bearing = (hints: NameHint[]) =>
  hints.filter(({ requirement }) => certificatesOf(requirement)).map(({ requirement }) => requirement.code);

/** The file's own name, then the folder's, the archive's, without extensions. */
const namesOf = (path: string) =>
  path
    .split('/')
    .reverse()
    .map((segment) => squeeze(segment.replace(/\.[A-Za-z0-9]{1,5}$/, '')).toLowerCase());

function hintsIn(name: string, notice: Pick<Notice, 'requirements'>): NameHint[] {
  const hits = notice.requirements.flatMap((requirement) =>
    bestHint(hintWords(requirement).filter(({ bare }) => says(name, bare))),
  );
  const best = hits.sort((a, b) => b.length - a.length || b.words - a.words)[0];
  return best
    ? hits.filter(({ length, words }) => length === best.length && words === best.words).map(({ hint }) => hint)
    : [];
}

/** A word of the round as it is compared with names. */
type HintWord = { hint: NameHint; bare: string };

/** The longest of one requirement's words found in a name, with how many of them were. */
function bestHint(found: HintWord[]): { hint: NameHint; length: number; words: number }[] {
  const [longest] = [...found].sort((a, b) => b.bare.length - a.bare.length);
  return longest ? [{ hint: longest.hint, length: longest.bare.length, words: found.length }] : [];
}

/** Made once: a mail's every name is compared with some fifty of them. */
const hintWords = madeOnce((requirement: Requirement): HintWord[] =>
  hintsOf(requirement).map((hint) => ({ hint, bare: squeeze(hint.word).toLowerCase() })),
);

function hintsOf(requirement: Requirement): NameHint[] {
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
