import { reconsider, saveHeads } from '../intake/reconsider.ts';
import type { Recorder } from '../intake/recorder.ts';
import { sayHappenings } from '../reports/history.ts';
import type { Act, Deed, DoneAct, HistoryEntry } from '../review/acts.ts';
import { listActs, nextActId, setActVersion } from '../store/acts.ts';
import { applicationOfNumber } from '../store/application-numbers.ts';
import type { Db } from '../store/database.ts';
import { joining } from '../store/dossiers.ts';
import { listHappenings, noteHappening, readKnown } from '../store/happenings.ts';
import { neighboursOf } from '../store/peers.ts';
import { holdersOf } from '../store/shares.ts';
import type { Books } from './books.ts';
import { type Doubt, doubtOf } from './deeds/doubts.ts';
import { concernedBy, effectOf } from './deeds/effects.ts';
import { objectionTo } from './deeds/objections.ts';
import { prepare, subjectOf } from './deeds/prepare.ts';

/** What became of an act. `version`: the application's new one; null where the act concerns none. */
export type ActResult =
  | { done: true; id: string; version: number | null }
  /** The application is no longer what the person looked at; nothing was done. */
  | Stale
  | { refused: 'invalid'; forPerson: string }
  /** It would be done once the person has confirmed what the doubt names. */
  | Unconfirmed;
export type Unconfirmed = { refused: 'unconfirmed' } & Doubt;
type Stale = { refused: 'stale'; version: number; changes: HistoryEntry[] };

/**
 * The one door for what a person does: checks that the application is still what the person saw, journals the act, lets
 * it take effect and checks the application again, in one transaction.
 *
 * @param seen the application's `version` that was looked at; null for acts on no application, and for the command line
 * @throws Failure when database or journal do not take it; nothing has happened then
 */
export const performAct = (books: Books, { by, note, ...deed }: Act, seen: number | null): Promise<ActResult> =>
  perform(books, { deed, by, note: note?.trim() || null }, seen, async () => deed);

/** @param complete what has to be done first, once nothing speaks against it, with the act's id; gives the deed whole */
export async function perform(
  books: Books,
  { deed: wanted, by, note }: Pick<DoneAct, 'deed' | 'by' | 'note'>,
  seen: number | null,
  complete: (tx: Db, id: string) => Promise<Deed>,
): Promise<ActResult> {
  return joining(books.db, async (tx) => {
    const subject = subjectOf(wanted);
    const stale = seen === null ? null : await staleness(tx, subject, seen, books);
    if (stale) return stale;
    const forPerson = await objectionTo(tx, wanted, note, books.notice);
    if (forPerson !== null) return { refused: 'invalid', forPerson };
    const doubt = await doubtOf(tx, wanted);
    if (doubt) return { refused: 'unconfirmed', ...doubt };
    const [id, at] = [await nextActId(tx, subject), books.clock.now()];
    const deed = await complete(tx, id);
    const found = await prepare(tx, deed, id, books.recorder);
    const act = { id, deed, by, note, at, version: null, undoneBy: null, found };
    return { done: true, id, version: await take(tx, act, books.recorder) };
  });
}

/** What happened to the application since the version that a person looked at; null when nothing did. */
async function staleness(tx: Db, number: string, seen: number, { notice }: Books): Promise<Stale | null> {
  const id = await applicationOfNumber(tx, number);
  if (id === null) return null;
  const { version } = await readKnown(tx, id);
  if (version === seen) return null;
  const changes = sayHappenings(await listHappenings(tx, id, seen), await listActs(tx, { number }), notice);
  return { refused: 'stale', version, changes };
}

/**
 * Lets an act take effect; also when the journal gives it again. The journal is told before the commit, while nothing else
 * can be recorded.
 *
 * @returns the version that it made of the application it is about
 */
export async function take(tx: Db, act: DoneAct, recorder: Recorder): Promise<number | null> {
  const { notice } = recorder.policy;
  const neighboursThen = await neighboursOf(tx, await mayTouch(tx, act));
  const { touched, numbers } = await effectOf(tx, act, recorder);
  const read = await saveHeads(tx, touched, notice);
  const concerned = new Set([...touched, ...neighboursThen, ...(await neighboursOf(tx, touched))]);
  const chosen = await reconsider(tx, [...concerned], act.at, recorder, read);
  for (const number of numbers) await noteAct(tx, number, act);
  const version = await versionMade(tx, act);
  const { id, deed, by, note, found } = act;
  await recorder.journal.write({ event: 'acted', id, deed, by, note, found, ...chosen }); // only the commit is left to fail
  return version;
}

/** Applications that the act may change: namesakes and sharers of evidence that they have now may be none then. */
async function mayTouch(tx: Db, act: DoneAct): Promise<number[]> {
  const ids = act.deed.kind === 'reassign_material' ? await holdersOf(tx, act.deed.file.mail) : [];
  for (const number of await concernedBy(tx, act)) ids.push((await applicationOfNumber(tx, number)) ?? 0);
  return ids;
}

async function versionMade(tx: Db, { id, deed }: DoneAct): Promise<number | null> {
  const subject = await applicationOfNumber(tx, subjectOf(deed));
  if (subject === null) return null;
  const { version } = await readKnown(tx, subject);
  await setActVersion(tx, id, version);
  return version;
}

async function noteAct(tx: Db, number: string, { id, at }: DoneAct): Promise<void> {
  const application = await applicationOfNumber(tx, number);
  if (application !== null) await noteHappening(tx, application, { kind: 'act', act: id }, at);
}

/** Whether an act still has its application, when the journal gives it again to other mails or another program. */
export async function canTake(tx: Db, { deed }: DoneAct): Promise<boolean> {
  return !('number' in deed) || (await applicationOfNumber(tx, deed.number)) !== null;
}
