import type { Share } from '../application/application.ts';
import { placeOf } from '../application/assemble.ts';
import type { PlacesSaid } from '../review/placing.ts';
import { placesSaid, shareRef } from '../review/placing.ts';
import { listActs } from '../store/acts.ts';
import { applicationOfNumber } from '../store/application-numbers.ts';
import type { Db } from '../store/database.ts';
import { candidatesFor, type DossierCandidate, dossierOfOrigin, openDossier } from '../store/dossiers.ts';
import { addShare } from '../store/shares.ts';
import type { Recorder } from './recorder.ts';

/** Where a share went, or may belong. */
export type SharePlace = { application: number | null; perhaps: number[] };

/** A share with the mail it came in. */
export type ShareOfMail = { share: Share; message: number; identity: string; position: number };

/** What people said of where shares belong, in the whole round. */
export const readPlacesSaid = async (db: Db): Promise<PlacesSaid> =>
  placesSaid(await listActs(db, { kinds: ['split', 'place', 'merge', 'bring'] }));

/**
 * Gives a share its place: where a person put it, where it was before a rerun in which it reads the same, where it joins,
 * or in an application of its own.
 *
 * @param before where a rerun took it out; null when it is new, or reads otherwise now
 */
export async function placeShare(
  tx: Db,
  { share, message, identity, position }: ShareOfMail,
  before: number | null,
  said: PlacesSaid,
  recorder: Recorder,
): Promise<SharePlace> {
  const origin = shareRef(identity, position);
  const place =
    (await placeAsSaid(tx, origin, said)) ??
    (before === null ? await placeByItself(tx, share, origin, said, recorder) : { application: before, perhaps: [] });
  await addShare(tx, share, { message, position, ...place });
  return place;
}

async function placeAsSaid(tx: Db, origin: string, said: PlacesSaid): Promise<SharePlace | null> {
  const number = said.of(origin);
  const application = number === null ? null : await applicationOfNumber(tx, said.standing(number));
  return application === null ? null : { application, perhaps: [] };
}

async function placeByItself(
  tx: Db,
  share: Share,
  origin: string,
  said: PlacesSaid,
  recorder: Recorder,
): Promise<SharePlace> {
  const { notice } = recorder.policy;
  const place = joinOf(share, await candidatesFor(tx, share, notice));
  if (place !== 'new' && 'of' in place) return { application: await standing(tx, place.of, said), perhaps: [] };
  const opened = (await recorder.numbers.hasGiven(tx, origin)) ? await dossierOfOrigin(tx, origin) : null;
  if (opened) return { application: await standing(tx, opened, said), perhaps: [] };
  if (place === 'new')
    return {
      application: await openDossier(tx, origin, await recorder.numbers.give(tx, origin, notice), share, notice),
      perhaps: [],
    };
  const perhaps: number[] = [];
  for (const { of } of place.perhaps) perhaps.push(await standing(tx, of, said));
  return { application: null, perhaps: [...new Set(perhaps)] };
}

/** Names that an application bears no more count only for a share that would find no home by those it bears. */
function joinOf(share: Share, candidates: readonly DossierCandidate[]) {
  const place = placeOf(
    share,
    candidates.filter(({ formerly }) => !formerly),
  );
  const hasHome = place !== 'new' && ('of' in place || place.perhaps.length > 0);
  return hasHome || candidates.every(({ formerly }) => !formerly) ? place : placeOf(share, candidates);
}

/** The application itself, or the one that a person merged it into. */
async function standing(tx: Db, { id, number }: { id: number; number: string }, said: PlacesSaid): Promise<number> {
  const now = said.standing(number);
  return now === number ? id : ((await applicationOfNumber(tx, now)) ?? id);
}
