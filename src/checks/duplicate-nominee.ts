import { squeeze } from '../text/squeeze.ts';
import { type Check, finding } from './check.ts';

/** One nominee from two unions: perhaps two people of one name, perhaps one person twice. Staff look. */
export const duplicateNominee: Check = (application, { notice, all }) => {
  const { nominee } = application;
  if (!nominee) return [];
  const twins = all.filter(
    (other) => other !== application && other.nominee !== null && squeeze(other.nominee) === squeeze(nominee),
  );
  return twins.map(({ union }) =>
    finding(
      'duplicate_nominee',
      { seen: nominee, words: { 姓名: nominee, 另一单位: union?.name ?? '未注明的单位' } },
      notice,
    ),
  );
};
