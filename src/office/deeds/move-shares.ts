import { placeShare, readPlacesSaid, type ShareOfMail } from '../../intake/place.ts';
import { saveHeads } from '../../intake/reconsider.ts';
import { placedFate } from '../../intake/record.ts';
import type { Recorder } from '../../intake/recorder.ts';
import type { DoneAct, ShareRef } from '../../review/acts.ts';
import { applicationOfNumber } from '../../store/application-numbers.ts';
import type { Db } from '../../store/database.ts';
import { openDossier, openedByAct, saveGone } from '../../store/dossiers.ts';
import { changeFate } from '../../store/messages.ts';
import { findShares, holdersOf, placesOf, setMerged, sharesHeld, sharesProposed, takeOut } from '../../store/shares.ts';

/** Opens the application that a person wants for a share; does nothing when the mail no longer brings that share. */
export async function openFor(tx: Db, ref: ShareRef, act: string, number: string, { policy }: Recorder): Promise<void> {
  const [booked] = await findShares(tx, [ref], policy.notice);
  if (booked) await openDossier(tx, openedByAct + act, number, booked.share, policy.notice);
}

/** Gives shares their places anew, as people say now. @returns the applications that it touched */
export async function moveShares(tx: Db, refs: readonly ShareRef[], recorder: Recorder): Promise<number[]> {
  const booked = await findShares(tx, refs, recorder.policy.notice);
  const left = await takeOut(
    tx,
    booked.map(({ id }) => id),
  );
  // What has become empty by being taken back is no candidate, nor is one joined by the address of what was put there by mistake.
  await saveHeads(tx, left, recorder.policy.notice);
  const said = await readPlacesSaid(tx);
  const touched = new Set(left);
  for (const each of booked) {
    const { application, perhaps } = await placeShare(tx, each satisfies ShareOfMail, null, said, recorder);
    for (const id of [...perhaps, ...(application === null ? [] : [application])]) touched.add(id);
  }
  for (const message of new Set(booked.map((each) => each.message))) await fateAnew(tx, message);
  return [...touched];
}

/** A mail whose materials found a place is recorded; one whose materials lost it waits for a person again. */
async function fateAnew(tx: Db, message: number): Promise<void> {
  const recorded = { fate: 'recorded' as const, reasonCode: null, reason: null, needsPerson: false };
  await changeFate(tx, message, await placedFate(tx, recorded, await placesOf(tx, message)));
}

/** What follows when an act was taken back: files are asked about again elsewhere, shares return. */
export async function moveBack(tx: Db, { deed, found }: DoneAct, recorder: Recorder): Promise<number[]> {
  if (deed.kind === 'reassign_material') return holdersOf(tx, deed.file.mail);
  if (deed.kind === 'split' || deed.kind === 'place') return moveShares(tx, [deed.share], recorder);
  if (deed.kind !== 'merge') return [];
  const from = await applicationOfNumber(tx, deed.number);
  if (from !== null) {
    await setMerged(tx, from, null);
    await saveGone(tx, [from]); // from here on it is joined by its names again
  }
  const into = await applicationOfNumber(tx, (await readPlacesSaid(tx)).standing(deed.into));
  const held = into === null ? [] : [...(await sharesHeld(tx, into)), ...(await sharesProposed(tx, [into]))];
  const since = held.filter((ref) => !found.kept?.includes(ref));
  return moveShares(tx, [...new Set([...(found.shares ?? []), ...since])], recorder);
}
