import type { Notice } from '../notice/notice.ts';
import { timelinessOf } from '../notice/timeliness.ts';
import { squeeze } from '../text/squeeze.ts';
import { type Application, asQuestion, materialsOf, type Share, type UnionNamed } from './application.ts';

/** A share that belongs to no application for sure: a person decides; `perhaps` are the candidates. */
export type Unplaced = { share: Share; perhaps: Application[] };

/**
 * Joins what came in many mails into one application per nominee. A share finds its home by union and name together,
 * or as a reply to our letter, or as a declared supplement, from an address that has written before; otherwise by
 * nothing: a number or a name alone grants no stranger entry (docs/decisions/0002), and what only claims to add to
 * something earlier opens nothing of its own.
 *
 * @param shares what every mail brings, in order of arrival
 * @returns the applications in order of first arrival, and what a person has to place
 */
export function assemble(
  shares: readonly Share[],
  notice: Pick<Notice, 'deadline'>,
): { applications: Application[]; unplaced: Unplaced[] } {
  const applications: Application[] = [];
  const unplaced: Unplaced[] = [];
  for (const share of shares) {
    const place = placeOf(share, applications);
    if (place === 'new') applications.push(openApplication(share, notice));
    else if ('share' in place) unplaced.push(propose(place));
    else add(share, place);
  }
  return { applications, unplaced };
}

function placeOf(share: Share, applications: readonly Application[]): Application | Unplaced | 'new' {
  const sameAddress = applications.filter((application) =>
    application.shares.some(({ source }) => source.address === share.source.address),
  );
  return share.nominee === null
    ? placeNameless(share, sameAddress)
    : placeNamed(share, share.nominee, applications, sameAddress);
}

/** Union and name; the same name alone only from an address that sent for this nominee before. */
function placeNamed(
  share: Share,
  nominee: string,
  applications: readonly Application[],
  sameAddress: readonly Application[],
): Application | Unplaced | 'new' {
  const sameName = applications.filter(
    (application) => application.nominee !== null && squeeze(application.nominee) === squeeze(nominee),
  );
  const sameUnion = sameName.find((application) => agree(application.union, share.union) === 'same');
  if (sameUnion) return share.reply && !sameAddress.includes(sameUnion) ? { share, perhaps: [sameUnion] } : sameUnion;
  const undecided = sameName.filter((application) => agree(application.union, share.union) === 'unknown');
  const known = undecided.find((application) => sameAddress.includes(application));
  if (known) return known;
  if (undecided.length > 0) return { share, perhaps: undecided };
  return unnamedBefore(share, sameAddress) ?? 'new';
}

/** The first mail of this address held only what could not be read (rar, link): the name comes with the second. */
function unnamedBefore(share: Share, sameAddress: readonly Application[]): Application | null {
  const nameless = sameAddress.filter(
    ({ nominee, union }) => nominee === null && agree(union, share.union) !== 'different',
  );
  const [only] = nameless;
  return only && nameless.length === 1 && materialsOf(only).every(({ form }) => form === null) ? only : null;
}

/** No name in it: only a reply to our letter or a declared supplement joins, and only where one application fits. */
function placeNameless(share: Share, sameAddress: readonly Application[]): Application | Unplaced | 'new' {
  if (sameAddress.length === 0)
    return share.reply || (share.supplement && !share.about) ? { share, perhaps: [] } : 'new';
  const [only] = sameAddress;
  return only && sameAddress.length === 1 && (share.reply || share.supplement)
    ? only
    : { share, perhaps: [...sameAddress] };
}

/** Until a person has placed it, what it brings is an open question in every dossier that it may belong to. */
function propose(unplaced: Unplaced): Unplaced {
  const { materials, open } = unplaced.share;
  for (const application of unplaced.perhaps) application.perhaps.push(...materials.map(asQuestion), ...open);
  return unplaced;
}

function agree(a: UnionNamed | null, b: UnionNamed | null): 'same' | 'different' | 'unknown' {
  if (!a || !b) return 'unknown';
  return squeeze(a.name) === squeeze(b.name) ? 'same' : 'different';
}

/** The dossier that a first mail opens. */
export function openApplication(share: Share, notice: Pick<Notice, 'deadline'>): Application {
  const { receivedAt } = share.source;
  return {
    union: share.union,
    nominee: share.nominee,
    shares: [share],
    perhaps: [],
    firstReceivedAt: receivedAt,
    lastReceivedAt: receivedAt,
    timeliness: timelinessOf(receivedAt, notice),
  };
}

function add(share: Share, application: Application): void {
  application.shares.push(share);
  application.lastReceivedAt = share.source.receivedAt;
  application.union ??= share.union;
  application.nominee ??= share.nominee;
}
