/**
 * What a person does to an application, as data. Everything is named in ways that outlive a rerun and a rebuilt database:
 * applications by number, mails by identity, shares by origin, files by mail and path, findings by key.
 */

/** A file of a mail: the mail's identity and the path that the file has in it. */
export type FileRef = { mail: string; path: string };

/** A mail's share for one nominee, `identity#position`: also names the application that it opened. */
export type ShareRef = string;

export type ToRequirement = { requirement: string; part: 'form' | 'certificates' | 'photo' };

/** What a person does; `number` is the application that was looked at. */
export type Deed =
  /** The requirement counts as met, whatever the checks say of it. */
  | { kind: 'accept_requirement'; number: string; requirement: string; reason: string }
  /** One finding is not held against the application; it stays to be seen. */
  | { kind: 'dismiss_finding'; number: string; finding: string; reason: string }
  /** A person looked at the file: it is this, or nothing of the round. */
  | { kind: 'reassign_material'; number: string; file: FileRef; to: ToRequirement | 'aside' }
  | { kind: 'set_union'; number: string; name: string }
  | { kind: 'set_nominee'; number: string; name: string }
  /** A share leaves the application for a new one, or for the one with this number. */
  | { kind: 'split'; number: string; share: ShareRef; to: 'new' | string }
  /** A share that belongs to no application for sure gets its place. */
  | { kind: 'place'; share: ShareRef; to: 'new' | string }
  /**
   * All of `number` goes into `into`, and whatever comes for it later. `otherName`: the nominee of `into` (empty where
   * nobody is named), confirmed to be the same person; wanted where the two are not called the same.
   */
  | { kind: 'merge'; number: string; into: string; otherName?: string }
  /** What was handed in on paper: how many copies, and whether the seal was seen on them. */
  | { kind: 'paper'; number: string; requirement: string; copies: number; sealSeen: boolean }
  | { kind: 'note'; number: string; text: string }
  | { kind: 'decide'; number: string; decision: 'accept' | 'return' | 'decline' }
  /** Takes an earlier act back; both stay in the history. The note says why. */
  | { kind: 'undo'; number: string; act: string }
  /** The mail is an application, or is none, or is judged by the machine again (null). */
  | { kind: 'rule'; mail: string; ruled: 'application' | 'set_aside' | null }
  /** Letters are named by Message-ID, which derives from number, kind and state. */
  | { kind: 'edit_letter'; number: string; letter: string; subject: string; text: string }
  | { kind: 'release_letter'; number: string; letter: string }
  | { kind: 'hold_letter'; number: string; letter: string }
  /** Every letter that waits for a person now. */
  | { kind: 'release_all_held' }
  /** Files that reached the office by other ways; `bringFile` makes the mail that holds them. */
  | { kind: 'bring'; number: string; mail: string; files: string[]; to: ToRequirement | null };

export type DeedKind = Deed['kind'];

/** A deed with who does it. `note` is free text, Chinese; `undo` and `decide` want one. */
export type Act = Deed & { by: string; note?: string };

/**
 * An act as it was done. `id` is `<number>/<n>` (or `<origin>/<n>` where there was no application yet), `at` office time.
 */
export type DoneAct = {
  id: string;
  deed: Deed;
  by: string;
  note: string | null;
  at: Date;
  /** The application's version that the act made; null where it concerns none. */
  version: number | null;
  /** What the deed found and made, for its undoing: set when it was done, the same when it is done again. */
  found: Found;
  /** Id of the act that took it back. */
  undoneBy: string | null;
};

/**
 * `from`: where a share was; `to`: the application it went to, which may be new; `shares`: what a merged application held,
 * `kept`: what the other one held; `letters`: Message-IDs of those let go.
 */
export type Found = { from?: string; to?: string; shares?: ShareRef[]; kept?: ShareRef[]; letters?: string[] };

/** Kinds that `undo` takes back. */
export const undoable: readonly DeedKind[] = [
  'accept_requirement',
  'dismiss_finding',
  'reassign_material',
  'set_union',
  'set_nominee',
  'split',
  'place',
  'merge',
  'paper',
  'decide',
];

/** Kinds that may make another state of an application: a union is told only when nobody has changed it for a while. */
const changing: readonly DeedKind[] = [
  ...(['accept_requirement', 'dismiss_finding', 'reassign_material', 'set_union', 'set_nominee'] as const),
  ...(['split', 'place', 'merge', 'paper', 'undo'] as const),
];

/** Office time at which a person last changed the application; null when nobody did. */
export function lastChangedAt(acts: readonly DoneAct[]): Date | null {
  const times = acts.filter(({ deed }) => changing.includes(deed.kind)).map(({ at }) => at.getTime());
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

/** One line of what happened to an application. `text` is Chinese; `by` null for machine and union. */
export type HistoryEntry = {
  at: Date;
  by: string | null;
  text: string;
  kind: 'mail' | 'state' | 'letter' | 'act';
  /** Id of the act, where the line tells of one. */
  act: string | null;
  /** What kind of act it is, where the line tells of one. */
  deed: DeedKind | null;
  /** The act was taken back. */
  undone: boolean;
};

/** Whether this line of the history tells of something that can still be taken back. */
export const canUndo = ({ deed, undone }: HistoryEntry): boolean => deed !== null && !undone && undoable.includes(deed);
