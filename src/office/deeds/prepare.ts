import type { Recorder } from '../../intake/recorder.ts';
import type { Deed, Found } from '../../review/acts.ts';
import { applicationOfNumber } from '../../store/application-numbers.ts';
import type { Db } from '../../store/database.ts';
import { heldLetters } from '../../store/delivery.ts';
import { openedByAct } from '../../store/dossiers.ts';
import { sharesHeld } from '../../store/shares.ts';

/** What an act is about: its id begins with it. A number where there is an application. */
export function subjectOf(deed: Deed): string {
  if (deed.kind === 'place') return deed.to === 'new' ? deed.share : deed.to;
  if (deed.kind === 'rule') return deed.mail;
  if (deed.kind === 'release_all_held') return 'letters';
  return deed.number;
}

/** What the deed finds before it takes effect: where shares are, and the number of an application that it opens. */
export async function prepare(tx: Db, deed: Deed, id: string, recorder: Recorder): Promise<Found> {
  switch (deed.kind) {
    case 'split':
      return { from: deed.number, to: await destination(tx, deed.to, id, recorder) };
    case 'place':
      return { to: await destination(tx, deed.to, id, recorder) };
    case 'merge':
      return { shares: await heldBy(tx, deed.number), kept: await heldBy(tx, deed.into) };
    case 'release_all_held':
      return { letters: await heldLetters(tx, 'all') };
    default:
      return {};
  }
}

const destination = async (tx: Db, to: string, id: string, { numbers, policy }: Recorder) =>
  to === 'new' ? numbers.give(tx, openedByAct + id, policy.notice) : to;

async function heldBy(tx: Db, number: string): Promise<string[]> {
  const id = await applicationOfNumber(tx, number);
  return id === null ? [] : sharesHeld(tx, id);
}
