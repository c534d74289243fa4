import type { Share } from '../application/application.ts';
import { signsOf } from '../application/assemble.ts';
import { step } from '../steps.ts';
import { numbersOf } from '../store/application-numbers.ts';
import type { Db } from '../store/database.ts';
import { joining } from '../store/dossiers.ts';
import { type FateGiven, giveFate, stillWaits, type WaitingMessage } from '../store/messages.ts';
import { markBounced } from '../store/outbox.ts';
import { neighboursOf } from '../store/peers.ts';
import { type PlacedBefore, removeShares } from '../store/shares.ts';
import { placeShare, readPlacesSaid, type SharePlace } from './place.ts';
import { reconsider, saveHeads } from './reconsider.ts';
import type { Recorder } from './recorder.ts';
import { fateFor, type Understanding } from './understood.ts';

/**
 * The end of the road: place → check → record, in one transaction with the letters that fall due. May be repeated for
 * the same mail (rerun): what it brought before is taken out first, and the state that comes out decides about letters.
 * The journal is told before the commit, while no other mail can be recorded: in this order all is done again when the
 * database is rebuilt.
 *
 * Does nothing when a newer generation of the mail waits.
 */
export async function recordTaken(taken: Understanding, message: WaitingMessage, recorder: Recorder): Promise<void> {
  const { policy } = recorder;
  const { notice } = policy;
  await joining(recorder.db, async (tx) => {
    if (!(await stillWaits(tx, message))) return;
    const fate = fateFor(taken, message);
    const { before, left } = await takeOutOldShares(tx, message);
    const neighboursThen = await neighboursOf(
      tx,
      [...before.values()].map(({ application }) => application),
    );
    const places = fate.fate === 'recorded' ? await placeShares(tx, taken.shares, before, message, recorder) : [];
    const joined = places.flatMap(({ application, perhaps }) => [
      ...perhaps,
      ...(application === null ? [] : [application]),
    ]);
    const touched = [...new Set([...left, ...joined])];
    await giveFate(tx, message.id, await placedFate(tx, fate, places), taken.understood);
    const read = await saveHeads(tx, touched, notice);
    step('intake: placed');
    const concerned = [...new Set([...touched, ...neighboursThen, ...(await neighboursOf(tx, touched))])];
    await markBounced(tx, taken.bounced);
    const recorded = await reconsider(tx, concerned, policy.clock.now(), recorder, read);
    const { identity, generation } = message;
    await recorder.journal.write({ event: 'taken', identity, generation, ...recorded });
    step('intake: journalled');
  });
}

/** A mail that was never taken in has brought nothing yet. */
const takeOutOldShares = async (tx: Db, { id, generation }: WaitingMessage): ReturnType<typeof removeShares> =>
  generation > 0 ? removeShares(tx, id) : { before: new Map(), left: [] };

async function placeShares(
  tx: Db,
  shares: readonly Share[],
  before: PlacedBefore,
  { id: message, identity }: WaitingMessage,
  recorder: Recorder,
): Promise<SharePlace[]> {
  const said = await readPlacesSaid(tx);
  return inTurn(shares.entries(), ([position, share]) => {
    const then = before.get(position);
    const stays = then?.signs === signsOf(share) ? then.application : null;
    return placeShare(tx, { share, message, identity, position }, stays, said, recorder);
  });
}

/** Materials that joined no application for sure are a person's to place; until then the mail is no application. */
export async function placedFate(tx: Db, fate: FateGiven, places: readonly SharePlace[]): Promise<FateGiven> {
  if (fate.fate !== 'recorded' || places.some(({ application }) => application !== null)) return fate;
  const numbers = await numbersOf(
    tx,
    places.flatMap(({ perhaps }) => perhaps),
  );
  const reason =
    numbers.length > 0 ? `不能确定属于哪一件申报，可能是：${numbers.join('、')}` : '像是补充材料，但没有可以并入的申报';
  return { fate: 'set_aside', reasonCode: 'unplaced', reason, needsPerson: true };
}

/** Sees anew to the letter of an application whose time has passed by while the letter waited. */
export async function reconsiderLetter(id: number, recorder: Recorder): Promise<void> {
  await joining(recorder.db, async (tx) => {
    const recorded = await reconsider(tx, [id], recorder.policy.clock.now(), recorder);
    const [number = ''] = await numbersOf(tx, [id]);
    await recorder.journal.write({ event: 'reconsidered', number, ...recorded });
  });
}

async function inTurn<Item, Result>(items: Iterable<Item>, work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (const item of items) results.push(await work(item));
  return results;
}
