import { mailed } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';
import { lastChangedAt } from '../review/acts.ts';
import { examine } from '../review/verdicts.ts';
import type { Db } from '../store/database.ts';
import { isGoneNow, saveGone, saveHead, saveState } from '../store/dossiers.ts';
import { noteHappenings, raiseVersion, readKnown } from '../store/happenings.ts';
import type { LettersChosen } from '../store/journal-entry.ts';
import { threadOf } from '../store/messages.ts';
import { waitingLetters } from '../store/outbox.ts';
import { peersFor } from '../store/peers.ts';
import { readReviewed } from '../store/reviewed.ts';
import type { Recorder } from './recorder.ts';
import { type LetterPolicy, settleLetter, withdraw } from './settle-letter.ts';
import { stateKeyOf } from './state-key.ts';
import { type Read, whatChanged } from './what-changed.ts';

/**
 * First all heads, then the checks: an application asks for its peers as they are after this mail or act. What holds
 * nothing any more is out of all work.
 *
 * @returns the applications as read, so that the checks need not read them again
 */
export async function saveHeads(tx: Db, ids: readonly number[], notice: Notice): Promise<Map<number, Read>> {
  const all = new Map<number, Read>();
  for (const id of ids) {
    const read = await readAnew(tx, id, notice);
    const { application } = read.reviewed;
    const isGone = isGoneNow(read.known, application !== null);
    if (isGone !== read.known.isGone) await saveGone(tx, [id]);
    if (application) await saveHead(tx, id, application, read.reviewed.read);
    all.set(id, { ...read, known: { ...read.known, isGone } });
  }
  return all;
}

async function readAnew(tx: Db, id: number, notice: Notice): Promise<Read> {
  const known = await readKnown(tx, id);
  return { known, reviewed: await readReviewed(tx, { id, number: known.number }, notice) };
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
  read: ReadonlyMap<number, Read> = new Map(),
): Promise<LettersChosen> {
  for (const id of ids) await checkAnew(tx, id, { ...policy, clock: { now: () => now } }, read.get(id));
  return { now: now.toISOString(), waiting: await waitingLetters(tx, ids) };
}

/** Checks an application anew, keeps what comes out and what changed, and sees to its letter. */
async function checkAnew(tx: Db, id: number, policy: LetterPolicy, before?: Read): Promise<void> {
  const { notice, clock } = policy;
  const read = before ?? (await readAnew(tx, id, notice));
  const { known, reviewed } = read;
  if (!reviewed.application) return checkEmpty(tx, id, read, clock.now());
  const checked = examine(reviewed.application, reviewed.acts, { notice, peers: await peersFor(tx, id) });
  const stateKey = stateKeyOf(checked);
  const last = mailed(checked.shares).at(-1);
  const thread = await threadOf(tx, Number(last?.source.message ?? 0));
  // Its last mail came before we first met the mailbox that it came to. What staff bring changes nothing there.
  const isBacklog = last !== undefined && last.source.receivedAt < new Date(thread.boxMetAt ?? 0);
  const changed = await whatChanged(tx, id, read, checked, clock.now());
  await saveState(tx, id, checked, { stateKey, isBacklog, ...changed });
  const { number, isDecided } = known;
  const changedAt = lastChangedAt(reviewed.acts);
  const recorded = { id, number, application: checked, stateKey, isBacklog, isDecided, thread, changedAt };
  const ofLetter = await settleLetter(tx, recorded, policy);
  await noteHappenings(tx, id, changed.version, [...changed.lines, ...ofLetter]);
}

/** A rerun took its only mail away: it stays as it was for a person to see. Or a person did: it is out of all work. */
async function checkEmpty(tx: Db, id: number, read: Read, now: Date): Promise<void> {
  const changed = await whatChanged(tx, id, read, null, now);
  if (changed.version !== read.known.version) await raiseVersion(tx, id, changed);
  const dropped = read.known.isGone ? await withdraw(tx, id, null, now) : [];
  await noteHappenings(tx, id, changed.version, [...changed.lines, ...dropped]);
}
