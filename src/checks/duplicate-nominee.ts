import { type Check, finding } from './check.ts';

/** One nominee from two unions: perhaps two people of one name, perhaps one person twice. Staff look. */
export const duplicateNominee: Check = ({ nominee }, { notice, peers }) => {
  if (nominee === null) return [];
  return peers.twins.map(({ union }) => {
    const words = { 姓名: nominee, 另一单位: union ?? '未注明的单位' };
    return finding('duplicate_nominee', { seen: nominee, words }, notice);
  });
};
