import type { Fate } from '../intake/fate.ts';
import type { Outcome } from '../intake/index.ts';

/** A mail's fate once all mails are known: materials that joined no application for sure go to a person, with a proposal. */
export function placeOf(file: string, fate: Fate, { unplaced }: Outcome): Fate {
  const mine = unplaced.filter(({ share }) => share.source.message === file);
  if (mine.length === 0) return fate;
  const perhaps = [
    ...new Set(
      mine.flatMap(({ perhaps: candidates }) =>
        candidates.map(({ union, nominee }) => [union?.name, nominee].filter(Boolean).join('—')),
      ),
    ),
  ];
  return {
    disposition: 'needs_person',
    reasonCode: 'unplaced',
    reason:
      perhaps.length > 0
        ? `不能确定属于哪一件申报，可能是：${perhaps.join('、')}`
        : '像是补充材料，但没有可以并入的申报',
  };
}
