import type { Recorder } from '../../intake/recorder.ts';
import { letterHtml } from '../../letters/html.ts';
import type { DeedKind, DoneAct } from '../../review/acts.ts';
import type { ActOf } from '../../review/said.ts';
import { addAct, listActs, undoAct } from '../../store/acts.ts';
import { applicationOfNumber } from '../../store/application-numbers.ts';
import type { Db } from '../../store/database.ts';
import { addDecision } from '../../store/decisions.ts';
import { releaseHeld } from '../../store/delivery.ts';
import { holdBack, numbersOfLetters, putWords } from '../../store/letters-by-hand.ts';
import { rerunMessages } from '../../store/messages.ts';
import { rule } from '../../store/past.ts';
import { holdersOf, setMerged, sharesProposed } from '../../store/shares.ts';
import { moveBack, moveShares, openFor } from './move-shares.ts';

/** `touched`: applications to be checked anew; `numbers`: those in whose history the act stands. */
export type Effect = { touched: number[]; numbers: string[] };

type Effects = {
  [Kind in DeedKind]?: (tx: Db, act: ActOf<Kind>, recorder: Recorder) => Promise<number[]>;
};

/** Notes the act and does what it says; most acts need no more, for they are read when the application is checked. */
export async function effectOf(tx: Db, act: DoneAct, recorder: Recorder): Promise<Effect> {
  const numbers = await concernedBy(tx, act);
  await addAct(tx, { ...act, numbers });
  const effect = effects[act.deed.kind] as Effects['note'] | undefined;
  const moved = (await effect?.(tx, act as ActOf<'note'>, recorder)) ?? [];
  const touched = new Set(moved);
  for (const number of numbers) {
    const id = await applicationOfNumber(tx, number);
    if (id !== null) touched.add(id);
  }
  return { touched: [...touched], numbers };
}

const effects: Effects = {
  split: (tx, act, recorder) => takeAway(tx, act, recorder),
  place: (tx, act, recorder) => takeAway(tx, act, recorder),
  merge: async (tx, { deed, found }, recorder) => {
    const from = await applicationOfNumber(tx, deed.number);
    if (from !== null) await setMerged(tx, from, deed.into);
    const proposed = await sharesProposed(tx, from === null ? [] : [from]);
    return moveShares(tx, [...(found.shares ?? []), ...proposed], recorder);
  },
  reassign_material: (tx, { deed }) => holdersOf(tx, deed.file.mail),
  decide: async (tx, { id, deed, by, note, at }) => {
    const application = await applicationOfNumber(tx, deed.number);
    if (application !== null) await addDecision(tx, application, { kind: deed.decision, note: note ?? '', by }, at, id);
    return [];
  },
  undo: async (tx, { id, deed }, recorder) => {
    await undoAct(tx, deed.act, id);
    const [act] = await listActs(tx, { id: deed.act });
    return act ? moveBack(tx, act, recorder) : [];
  },
  rule: async (tx, { deed }) => {
    await rule(tx, deed.mail, deed.ruled);
    await rerunMessages(tx, [deed.mail]);
    return [];
  },
  edit_letter: async (tx, { deed: { letter, subject, text }, by }) => {
    await putWords(tx, letter, { subject, text, html: letterHtml(text) }, by);
    return [];
  },
  release_letter: (tx, { deed, at }) => letGo(tx, [deed.letter], at),
  release_all_held: (tx, { found, at }) => letGo(tx, found.letters ?? [], at),
  hold_letter: async (tx, { deed, by }) => {
    await holdBack(tx, deed.letter, `${by}暂缓发出`);
    return [];
  },
};

async function letGo(tx: Db, letters: readonly string[], at: Date): Promise<number[]> {
  await releaseHeld(tx, letters, at);
  return [];
}

/** The application that a share goes to is opened for it where there is none yet. */
async function takeAway(tx: Db, { id, deed, found }: ActOf<'split' | 'place'>, recorder: Recorder): Promise<number[]> {
  if (deed.to === 'new') await openFor(tx, deed.share, id, found.to ?? '', recorder);
  return moveShares(tx, [deed.share], recorder);
}

/** Numbers of the applications in whose history an act stands, the one that was looked at first. */
export async function concernedBy(tx: Db, { deed, found }: DoneAct): Promise<string[]> {
  if (deed.kind === 'rule') return [];
  if (deed.kind === 'release_all_held') return numbersOfLetters(tx, found.letters ?? []);
  if (deed.kind === 'undo') {
    const [act] = await listActs(tx, { id: deed.act });
    return [...new Set([deed.number, ...(act ? await concernedBy(tx, act) : [])])];
  }
  const others = deed.kind === 'merge' ? [deed.into] : [found.from, found.to].flatMap((number) => number ?? []);
  return [...new Set(deed.kind === 'place' ? others : [deed.number, ...others])];
}
