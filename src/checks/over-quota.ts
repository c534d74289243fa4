import { type Check, finding } from './check.ts';

/** Clause 三: 各县市区、焦煤集团 2人, others 1人. Counted in order of arrival; a replacement nominee is common, so a note. */
export const overQuota: Check = ({ union }, { notice, peers: { placeInUnion } }) => {
  if (!union || placeInUnion <= union.quota) return [];
  const words = { 推荐单位: union.name, 名额: union.quota, 第几: placeInUnion };
  return [finding('over_quota', { seen: `第${placeInUnion}人`, words }, notice)];
};
