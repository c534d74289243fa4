import { squeeze } from '../text/squeeze.ts';
import { type Check, finding } from './check.ts';

/** Clause 三: 各县市区、焦煤集团 2人, others 1人. Counted in order of arrival; a replacement nominee is common, so a note. */
export const overQuota: Check = (application, { notice, all }) => {
  const { union } = application;
  if (!union) return [];
  const same = all.filter((other) => other.union && squeeze(other.union.name) === squeeze(union.name));
  const place =
    [...same].sort((a, b) => a.firstReceivedAt.getTime() - b.firstReceivedAt.getTime()).indexOf(application) + 1;
  if (place <= union.quota) return [];
  return [
    finding(
      'over_quota',
      { seen: `第${place}人`, words: { 推荐单位: union.name, 名额: union.quota, 第几: place } },
      notice,
    ),
  ];
};
