import type { Share } from '../application/application.ts';
import type { FateGiven } from '../store/messages.ts';
import type { Understood } from '../store/records.ts';
import type { TakenIn } from './index.ts';

/** More of a mail's own words than anybody writes to hand in materials; the raw mail keeps the rest. */
const maxTextLength = 50_000;

/** What the record wants of a mail: what it brought, what becomes of it, which letters came back, what staff see. */
export type Understanding = Pick<TakenIn, 'shares' | 'fate' | 'bounced'> & { understood: Understood };

export const understandingOf = (taken: TakenIn): Understanding => ({
  shares: taken.shares,
  fate: taken.fate,
  bounced: taken.bounced,
  understood: understoodOf(taken),
});

/** The ledger's fate of a mail: what intake found, or what a person ruled; what staff brought is theirs to judge. */
export function fateFor(
  { fate, shares }: Pick<Understanding, 'fate' | 'shares'>,
  { ruled, broughtBy }: { ruled: 'application' | 'set_aside' | null; broughtBy: string | null },
): FateGiven {
  const { reasonCode, reason } = fate;
  if (ruled === 'set_aside')
    return { fate: 'set_aside', reasonCode: 'ruled', reason: '工作人员认定不是申报材料', needsPerson: false };
  const hasContent = shares.some(({ materials, open }) => materials.length + open.length > 0);
  if (fate.disposition === 'application' || broughtBy !== null || (ruled === 'application' && hasContent))
    return { fate: 'recorded', reasonCode: null, reason: null, needsPerson: false };
  return { fate: 'set_aside', reasonCode, reason, needsPerson: fate.disposition === 'needs_person' };
}

/** What staff see of a mail without opening its raw bytes. */
function understoodOf({ mail, author, files, shares, fate }: TakenIn): Understood {
  return {
    disposition: fate.disposition,
    author: author.kind,
    text: mail.text.slice(0, maxTextLength),
    files: files.map(({ file: { path, bytes, sha256, type, pieces, picture }, answers, note }) => ({
      path,
      bytes,
      sha256,
      type,
      requirement: answers[0]?.requirement ?? null,
      nominee: nomineeOf(path, shares),
      note,
      pieces,
      picture,
    })),
    links: mail.links,
    troubles: mail.troubles,
  };
}

/** Whose share a file went into; null for what is aside, or open to several. */
export function nomineeOf(path: string, shares: readonly Share[]): string | null {
  const owners = shares.filter(({ materials, open }) => [...materials, ...open].some(({ file }) => file === path));
  return owners.length === 1 ? (owners[0]?.nominee ?? null) : null;
}
