import { certificatesOf, type Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import { squeeze } from '../text/squeeze.ts';

export type NameHint = { requirement: Requirement; part: 'form' | 'certificates' | 'photo'; word: string };

/**
 * What a file's name says it is: the longest of the round's words in the name itself, else in the folder or archive it
 * lies in. Several requirements with words of one length decide nothing and all come back.
 */
export function nameHints(path: string, notice: Pick<Notice, 'requirements'>): NameHint[] {
  for (const segment of path.split('/').reverse()) {
    const name = squeeze(segment.replace(/\.[A-Za-z0-9]{1,5}$/, '')).toLowerCase();
    const hits = notice.requirements.flatMap((requirement) =>
      hintWords(requirement).filter(({ word }) => says(name, squeeze(word).toLowerCase())),
    );
    const longest = Math.max(...hits.map(({ word }) => squeeze(word).length));
    const best = hits.filter(({ word }) => squeeze(word).length === longest);
    if (best.length > 0)
      return best.filter(
        (hint, index) => best.findIndex(({ requirement }) => requirement === hint.requirement) === index,
      );
  }
  return [];
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
