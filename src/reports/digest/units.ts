import type { Notice } from '../../notice/notice.ts';
import type { ApplicationRecord } from '../../store/records.ts';
import type { OfficeFacts } from '../facts.ts';
import { plain } from '../plain.ts';
import { isOpen, lacking, toLookAt } from '../standing.ts';

/** What one nominee of a union still lacks, as names of requirements. */
export type Gaps = {
  number: string;
  nominee: string | null;
  missing: string[];
  toMend: string[];
  toLookAt: string[];
};

/** A union against its quota. `union` null: applications of which nobody knows who recommends them. */
export type UnitProgress = {
  union: string | null;
  onRoster: boolean;
  group: string;
  quota: number;
  received: number;
  complete: number;
  overQuota: boolean;
  gaps: Gaps[];
};

/** Every union of the roster in its order, silent ones too, then the others in order of their first mail. */
export function unitsOf({ applications, notice }: OfficeFacts): UnitProgress[] {
  const inOrder = [...applications].sort((a, b) => a.firstReceivedAt.getTime() - b.firstReceivedAt.getTime());
  const onRoster = notice.roster.map(({ name, group, quota }) => {
    const own = inOrder.filter(({ union, unionKnown }) => unionKnown && union === name);
    return progress({ union: name, onRoster: true, group, quota }, own, notice);
  });
  const listed = new Set(notice.roster.map(({ name }) => name));
  const strangers = inOrder.filter(({ union, unionKnown }) => !(unionKnown && union !== null && listed.has(union)));
  const others = [...new Set(strangers.map(({ union }) => union))].map((name) => {
    const own = strangers.filter(({ union }) => union === name);
    const quota = own[0]?.unionQuota ?? notice.quota.unlistedUnion;
    return progress({ union: name && plain(name, 30), onRoster: false, group: '', quota }, own, notice);
  });
  return [...onRoster, ...others];
}

type Named = Pick<UnitProgress, 'union' | 'onRoster' | 'group' | 'quota'>;

function progress(named: Named, own: ApplicationRecord[], notice: Notice): UnitProgress {
  return {
    ...named,
    received: own.length,
    complete: own.filter(({ complete }) => complete).length,
    overQuota: named.union !== null && own.filter(({ status }) => status !== 'declined').length > named.quota,
    gaps: own.filter((record) => isOpen(record) && !record.complete).map((record) => gapsOf(record, notice)),
  };
}

function gapsOf(record: ApplicationRecord, notice: Notice): Gaps {
  const asked = lacking(record, notice);
  const isMissing = (code: string) => (record.requirements[code]?.state ?? 'missing') === 'missing';
  return {
    number: record.number,
    nominee: record.nominee && plain(record.nominee, 20),
    missing: asked.filter(({ code }) => isMissing(code)).map(({ name }) => name),
    toMend: asked.filter(({ code }) => !isMissing(code)).map(({ name }) => name),
    toLookAt: toLookAt(record, notice).map(({ name }) => name),
  };
}
