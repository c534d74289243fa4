import type { Notice } from '../notice/notice.ts';
import { timelinessOf } from '../notice/timeliness.ts';
import { squeeze } from '../text/squeeze.ts';
import { type Application, asQuestion, materialsOf, type Share } from './application.ts';

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
    const place = placeOf(share, applications.map(candidate));
    if (place === 'new') applications.push(openApplication(share, notice));
    else if ('perhaps' in place) unplaced.push(propose({ share, perhaps: place.perhaps.map(({ of }) => of) }));
    else add(share, place.of);
  }
  return { applications, unplaced };
}

/** What placing a share must know of an application: so much the database answers without opening dossiers. */
export type Candidate<Of> = {
  of: Of;
  union: string | null;
  nominee: string | null;
  /** Who has sent mails of it. */
  addresses: readonly string[];
  /** A filled form was read in it: its nominee is known for sure, or will be. */
  hasForm: boolean;
};

function candidate(application: Application): Candidate<Application> {
  return {
    of: application,
    union: application.union?.name ?? null,
    nominee: application.nominee,
    addresses: application.shares.map(({ source }) => source.address),
    hasForm: hasForm(application),
  };
}

export const hasForm = (application: Application) => materialsOf(application).some(({ form }) => form !== null);

/**
 * Where a share belongs among the applications that have its name or its address (all others are of no matter), in
 * order of arrival.
 *
 * @returns the application it joins, `new`, or those it may belong to, which a person has to decide
 */
export function placeOf<Of>(
  share: Share,
  candidates: readonly Candidate<Of>[],
): Candidate<Of> | { perhaps: readonly Candidate<Of>[] } | 'new' {
  const sameAddress = candidates.filter(({ addresses }) => addresses.includes(share.source.address));
  return share.nominee === null
    ? placeNameless(share, sameAddress)
    : placeNamed(share, share.nominee, candidates, sameAddress);
}

/** All that `placeOf` asks of a share: what reads the same belongs to the same. */
export function signsOf({ source, union, nominee, reply, supplement, about, heard }: Share): string {
  return JSON.stringify([source.address, union?.name ?? null, nominee, reply, supplement, about, heard]);
}

/** Union and name; the same name alone only from an address that sent for this nominee before. */
function placeNamed<Of>(
  share: Share,
  nominee: string,
  candidates: readonly Candidate<Of>[],
  sameAddress: readonly Candidate<Of>[],
): Candidate<Of> | { perhaps: readonly Candidate<Of>[] } | 'new' {
  const sameName = candidates.filter((each) => each.nominee !== null && squeeze(each.nominee) === squeeze(nominee));
  const sameUnion = sameName.find((each) => agree(each.union, share) === 'same');
  if (sameUnion) return share.reply && !sameAddress.includes(sameUnion) ? { perhaps: [sameUnion] } : sameUnion;
  const undecided = sameName.filter((each) => agree(each.union, share) === 'unknown');
  const known = undecided.find((each) => sameAddress.includes(each));
  if (known) return known;
  if (undecided.length > 0) return { perhaps: undecided };
  return unnamedBefore(share, sameAddress) ?? 'new';
}

/** The first mail of this address held only what could not be read (rar, link): the name comes with the second. */
function unnamedBefore<Of>(share: Share, sameAddress: readonly Candidate<Of>[]): Candidate<Of> | null {
  const nameless = sameAddress.filter(({ nominee, union }) => nominee === null && agree(union, share) !== 'different');
  const [only] = nameless;
  return only && nameless.length === 1 && !only.hasForm ? only : null;
}

/**
 * No name that would open an application. What it brings joins the one whose nominee its subject or file names name; else
 * only a reply to our letter or a declared supplement joins, and only where one application fits.
 */
function placeNameless<Of>(
  share: Share,
  sameAddress: readonly Candidate<Of>[],
): Candidate<Of> | { perhaps: readonly Candidate<Of>[] } | 'new' {
  if (sameAddress.length === 0) return share.reply || (share.supplement && !share.about) ? { perhaps: [] } : 'new';
  const named = sameAddress.filter(({ nominee }) => nominee !== null && share.heard.includes(squeeze(nominee)));
  const [spoken] = named;
  if (spoken && named.length === 1) return spoken;
  const [only] = sameAddress;
  return only && sameAddress.length === 1 && (share.reply || share.supplement) ? only : { perhaps: sameAddress };
}

/** Until a person has placed it, what it brings is an open question in every dossier that it may belong to. */
function propose(unplaced: Unplaced): Unplaced {
  for (const application of unplaced.perhaps) application.perhaps.push(...questionsOf(unplaced.share));
  return unplaced;
}

const questionsOf = ({ materials, open }: Share) => [...materials.map(asQuestion), ...open];

/**
 * The dossier that shares make once each has its place.
 *
 * @param shares those it holds, in order of arrival
 * @param proposed those that may belong to it, until a person has decided
 */
export function applicationOf(
  [first, ...rest]: readonly [Share, ...Share[]],
  proposed: readonly Share[],
  notice: Pick<Notice, 'deadline'>,
): Application {
  const application = openApplication(first, notice);
  for (const share of rest) add(share, application);
  application.perhaps.push(...proposed.flatMap(questionsOf));
  return application;
}

function agree(union: string | null, share: Share): 'same' | 'different' | 'unknown' {
  if (union === null || share.union === null) return 'unknown';
  return squeeze(union) === squeeze(share.union.name) ? 'same' : 'different';
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
