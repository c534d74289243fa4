import { type CheckedApplication, mailed } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';
import { examine } from '../review/verdicts.ts';
import type { Db } from '../store/database.ts';
import { peersFor, saveHead, saveState } from '../store/dossiers.ts';
import { readKnown } from '../store/happenings.ts';
import type { LettersChosen } from '../store/journal-entry.ts';
import { firstMet } from '../store/ledger.ts';
import { threadOf } from '../store/messages.ts';
import { recall } from '../store/office-state.ts';
import { waitingLetters } from '../store/outbox.ts';
import { readReviewed } from '../store/reviewed.ts';
import { numberAndDecision } from '../store/reviews.ts';
import { noteChange } from './note-change.ts';
import type { Recorder } from './record.ts';
import { type LetterPolicy, settleLetter, withdraw } from './settle-letter.ts';
import { stateKeyOf } from './state-key.ts';

/** First all heads, then the checks: an application asks for its peers as they are after this mail or act. */
export async function saveHeads(tx: Db, ids: readonly number[], notice: Notice): Promise<void> {
  for (const id of ids) {
    const { application, read } = await readReviewed(tx, id, notice);
    if (application) await saveHead(tx, id, application, read);
  }
}

/**
 * Checks applications anew and sees to their letters.
 *
 * @param now office time
 * @returns what the journal needs to come to the same letters again: the one instant they were chosen at, and them
 */
export async function reconsider(
  tx: Db,
  ids: readonly number[],
  now: Date,
  { policy }: Pick<Recorder, 'policy'>,
): Promise<LettersChosen> {
  for (const id of ids) await checkAnew(tx, id, { ...policy, clock: { now: () => now } });
  return { now: now.toISOString(), waiting: await waitingLetters(tx, ids) };
}

/** Checks an application anew, keeps what comes out and what changed, and sees to its letter. */
async function checkAnew(tx: Db, id: number, policy: LetterPolicy): Promise<void> {
  const { notice, clock } = policy;
  const [reviewed, known] = [await readReviewed(tx, id, notice), await readKnown(tx, id)];
  if (!reviewed.application) {
    // A rerun took its only mail away: it stays as it was for a person to see. Or a person did: it is out of all work.
    await noteChange(tx, id, { reviewed, known, checked: null }, clock.now());
    if (known.isGone) await withdraw(tx, id, null, clock.now());
    return;
  }
  const checked = examine(reviewed.application, reviewed.acts, { notice, peers: await peersFor(tx, id) });
  const stateKey = stateKeyOf(checked);
  const isBacklog = await isFromBefore(tx, checked);
  await saveState(tx, id, checked, { stateKey, isBacklog });
  await noteChange(tx, id, { reviewed, known, checked }, clock.now());
  const { number, isDecided } = await numberAndDecision(tx, id);
  await settleLetter(tx, { id, number, application: checked, stateKey, isBacklog, isDecided }, policy);
}

/** Whether its last mail came before we first met the mailbox that it came to. What staff bring changes nothing there. */
async function isFromBefore(tx: Db, { shares }: CheckedApplication): Promise<boolean> {
  const last = mailed(shares).at(-1);
  if (!last) return false;
  const { account } = await threadOf(tx, Number(last.source.message));
  const met = account === null ? null : await recall(tx, firstMet(account));
  return last.source.receivedAt < new Date(met ?? 0);
}
