import { mailed } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';
import { lastChangedAt } from '../review/acts.ts';
import { examine } from '../review/verdicts.ts';
import { numberedOf } from '../store/application-numbers.ts';
import type { Db } from '../store/database.ts';
import { saveHead, saveState } from '../store/dossiers.ts';
import { readKnown } from '../store/happenings.ts';
import type { LettersChosen } from '../store/journal-entry.ts';
import { threadOf } from '../store/messages.ts';
import { waitingLetters } from '../store/outbox.ts';
import { peersFor } from '../store/peers.ts';
import { type Reviewed, readReviewed } from '../store/reviewed.ts';
import { noteChange } from './note-change.ts';
import type { Recorder } from './record.ts';
import { type LetterPolicy, settleLetter, withdraw } from './settle-letter.ts';
import { stateKeyOf } from './state-key.ts';

/**
 * First all heads, then the checks: an application asks for its peers as they are after this mail or act.
 *
 * @returns the applications as read, so that the checks need not read them again
 */
export async function saveHeads(tx: Db, ids: readonly number[], notice: Notice): Promise<Map<number, Reviewed>> {
  const read = new Map<number, Reviewed>();
  for (const { id, number } of await numberedOf(tx, ids)) {
    const reviewed = await readReviewed(tx, { id, number }, notice);
    if (reviewed.application) await saveHead(tx, id, reviewed.application, reviewed.read);
    read.set(id, reviewed);
  }
  return read;
}

/**
 * Checks applications anew and sees to their letters.
 *
 * @param now office time
 * @param read those that were read in this transaction already, and did not change since
 * @returns what the journal needs to come to the same letters again: the one instant they were chosen at, and them
 */
export async function reconsider(
  tx: Db,
  ids: readonly number[],
  now: Date,
  { policy }: Pick<Recorder, 'policy'>,
  read: ReadonlyMap<number, Reviewed> = new Map(),
): Promise<LettersChosen> {
  for (const id of ids) await checkAnew(tx, id, { ...policy, clock: { now: () => now } }, read.get(id));
  return { now: now.toISOString(), waiting: await waitingLetters(tx, ids) };
}

/** Checks an application anew, keeps what comes out and what changed, and sees to its letter. */
async function checkAnew(tx: Db, id: number, policy: LetterPolicy, read?: Reviewed): Promise<void> {
  const { notice, clock } = policy;
  const known = await readKnown(tx, id);
  const reviewed = read ?? (await readReviewed(tx, { id, number: known.number }, notice));
  if (!reviewed.application) {
    // A rerun took its only mail away: it stays as it was for a person to see. Or a person did: it is out of all work.
    const version = await noteChange(tx, id, { reviewed, known, checked: null }, clock.now());
    if (known.isGone) await withdraw(tx, { id, version }, null, clock.now());
    return;
  }
  const checked = examine(reviewed.application, reviewed.acts, { notice, peers: await peersFor(tx, id) });
  const stateKey = stateKeyOf(checked);
  const last = mailed(checked.shares).at(-1);
  const thread = await threadOf(tx, Number(last?.source.message ?? 0));
  // Its last mail came before we first met the mailbox that it came to. What staff bring changes nothing there.
  const isBacklog = last !== undefined && last.source.receivedAt < new Date(thread.boxMetAt ?? 0);
  await saveState(tx, id, checked, { stateKey, isBacklog });
  const version = await noteChange(tx, id, { reviewed, known, checked }, clock.now());
  const { number, isDecided } = known;
  const changedAt = lastChangedAt(reviewed.acts);
  const recorded = { id, number, version, application: checked, stateKey, isBacklog, isDecided, thread, changedAt };
  await settleLetter(tx, recorded, policy);
}
