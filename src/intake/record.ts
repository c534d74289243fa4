import type { CheckedApplication, Share } from '../application/application.ts';
import { placeOf } from '../application/assemble.ts';
import { check } from '../checks/index.ts';
import type { Notice } from '../notice/notice.ts';
import { step } from '../steps.ts';
import type { Db, OpenDb } from '../store/database.ts';
import {
  addShare,
  candidatesFor,
  dossierOfOrigin,
  joining,
  neighboursOf,
  openDossier,
  peersFor,
  readDossier,
  removeShares,
  saveHead,
  saveState,
} from '../store/dossiers.ts';
import type { Journal } from '../store/journal.ts';
import type { LettersChosen } from '../store/journal-entry.ts';
import { firstMet } from '../store/ledger.ts';
import { type FateGiven, giveFate, stillWaits, threadOf, type WaitingMessage } from '../store/messages.ts';
import type { GiveNumber } from '../store/numbers.ts';
import { recall } from '../store/office-state.ts';
import { markBounced, waitingLetters } from '../store/outbox.ts';
import { numberAndDecision, numbersOf } from '../store/reviews.ts';
import { type LetterPolicy, settleLetter } from './settle-letter.ts';
import { stateKeyOf } from './state-key.ts';
import { fateFor, type Understanding } from './understood.ts';

export type Recorder = { db: OpenDb; journal: Journal; giveNumber: GiveNumber; policy: LetterPolicy };

/**
 * The end of the road: place → check → record, in one transaction with the letters that fall due. May be repeated for
 * the same mail (rerun): what it brought before is taken out first, and the state that comes out decides about letters.
 * The journal is told before the commit, while no other mail can be recorded: in this order all is done again when the
 * database is rebuilt.
 *
 * Does nothing when a newer generation of the mail waits.
 */
export async function recordTaken(taken: Understanding, message: WaitingMessage, recorder: Recorder): Promise<void> {
  const { notice } = recorder.policy;
  await joining(recorder.db, async (tx) => {
    if (!(await stillWaits(tx, message))) return;
    const fate = fateFor(taken, message.ruled);
    const left = await removeShares(tx, message.id);
    const places = fate.fate === 'recorded' ? await placeShares(tx, taken.shares, message, recorder) : [];
    const joined = places.flatMap(({ application, perhaps }) => [
      ...perhaps,
      ...(application === null ? [] : [application]),
    ]);
    const touched = [...new Set([...left, ...joined])];
    await saveHeads(tx, touched, notice);
    step('intake: placed');
    const concerned = [...touched, ...(await neighboursOf(tx, touched))];
    const account = (await threadOf(tx, message.id)).account;
    await markBounced(tx, taken.bounced);
    await giveFate(tx, message.id, await placedFate(tx, fate, places), taken.understood);
    const recorded = await reconsider(tx, concerned, account, recorder);
    const { identity, generation } = message;
    await recorder.journal.write({ event: 'taken', identity, generation, ...recorded });
    step('intake: journalled');
  });
}

/** Where each share went, or may belong. */
type SharePlace = { application: number | null; perhaps: number[] };

async function placeShares(
  tx: Db,
  shares: readonly Share[],
  message: WaitingMessage,
  recorder: Recorder,
): Promise<SharePlace[]> {
  return inTurn(shares.entries(), async ([position, share]) => {
    const place = placeOf(share, await candidatesFor(tx, share, recorder.policy.notice));
    const perhaps = place !== 'new' && 'perhaps' in place ? place.perhaps.map(({ of }) => of) : [];
    const application =
      place === 'new' ? await dossierFor(tx, share, message, position, recorder) : 'of' in place ? place.of : null;
    await addShare(tx, share, { message: message.id, position, application, perhaps });
    return { application, perhaps };
  });
}

/** Materials that joined no application for sure are a person's to place; until then the mail is no application. */
async function placedFate(tx: Db, fate: FateGiven, places: readonly SharePlace[]): Promise<FateGiven> {
  if (fate.fate !== 'recorded' || places.some(({ application }) => application !== null)) return fate;
  const numbers = await numbersOf(
    tx,
    places.flatMap(({ perhaps }) => perhaps),
  );
  const reason =
    numbers.length > 0 ? `不能确定属于哪一件申报，可能是：${numbers.join('、')}` : '像是补充材料，但没有可以并入的申报';
  return { fate: 'set_aside', reasonCode: 'unplaced', reason, needsPerson: true };
}

/** A new application, or the one that this very share opened before a rerun: it keeps its number. */
async function dossierFor(tx: Db, share: Share, message: WaitingMessage, position: number, recorder: Recorder) {
  const origin = `${message.identity}#${position}`;
  const before = await dossierOfOrigin(tx, origin);
  if (before !== null) return before;
  const { notice } = recorder.policy;
  return openDossier(tx, origin, await recorder.giveNumber(tx, origin, notice), share, notice);
}

/** First all heads, then the checks: an application asks for its peers as they are after this mail. */
async function saveHeads(tx: Db, ids: readonly number[], notice: Notice): Promise<void> {
  for (const id of ids) {
    const application = await readDossier(tx, id, notice);
    if (application) await saveHead(tx, id, application);
  }
}

/**
 * Checks applications anew and sees to their letters.
 *
 * @returns what the journal needs to come to the same letters again: the one instant they were chosen at, and them
 */
async function reconsider(tx: Db, ids: number[], account: string | null, { policy }: Recorder): Promise<LettersChosen> {
  const now = policy.clock.now();
  for (const id of ids) await checkAnew(tx, id, account, { ...policy, clock: { now: () => now } });
  return { now: now.toISOString(), waiting: await waitingLetters(tx, ids) };
}

/** Checks an application anew, keeps what comes out, and sees to its letter. */
async function checkAnew(tx: Db, id: number, account: string | null, policy: LetterPolicy): Promise<void> {
  const { notice } = policy;
  const application = await readDossier(tx, id, notice);
  if (!application) return; // a rerun took its only mail away; it stays as it was for a person to see
  const checked: CheckedApplication = check(application, { notice, peers: await peersFor(tx, id) });
  const stateKey = stateKeyOf(checked);
  const isBacklog = checked.lastReceivedAt < (await metAt(tx, account));
  await saveState(tx, id, checked, { stateKey, isBacklog });
  const { number, isDecided } = await numberAndDecision(tx, id);
  await settleLetter(tx, { id, number, application: checked, stateKey, isBacklog, isDecided }, policy);
}

/** Sees anew to the letter of an application whose time has passed by while the letter waited. */
export async function reconsiderLetter(id: number, recorder: Recorder): Promise<void> {
  await joining(recorder.db, async (tx) => {
    const application = await readDossier(tx, id, recorder.policy.notice);
    const last = application?.shares.at(-1)?.source.message;
    const account = last ? (await threadOf(tx, Number(last))).account : null;
    const recorded = await reconsider(tx, [id], account, recorder);
    const { number } = await numberAndDecision(tx, id);
    await recorder.journal.write({ event: 'reconsidered', number, ...recorded });
  });
}

/** When we first met the mailbox that this mail came from. */
async function metAt(tx: Db, account: string | null): Promise<Date> {
  const met = account === null ? null : await recall(tx, firstMet(account));
  return new Date(met ?? 0);
}

async function inTurn<Item, Result>(items: Iterable<Item>, work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
