import type { FindingCode, Severity } from '../notice/finding-codes.ts';
import type { Timeliness } from '../notice/timeliness.ts';
import type { Material, OpenQuestion, Source } from './material.ts';

/** Who recommends: from the roster, or as written. `name` null when nobody said. */
export type UnionNamed = { name: string; known: boolean; quota: number };

/** What one mail brings for one nominee: the unit that joining works on. */
export type Share = {
  source: Source;
  union: UnionNamed | null;
  nominee: string | null;
  /** It answers one of our letters, or says that it adds to an earlier mail. */
  reply: boolean;
  supplement: boolean;
  /** It speaks of this round by itself, and not only by claiming to add to something. */
  about: boolean;
  /** Subject and file names, squeezed: a name that is known already may be found there. */
  heard: string;
  materials: Material[];
  open: OpenQuestion[];
  /** Requirements whose certificates come on paper, as the mail says. */
  onPaper: string[];
  /** Files that nobody asked for but that someone must know of: pictures of ID cards. */
  idCards: string[];
  /** Sentences of the mail that a person must read: what it asks, what it takes back. */
  toRead: string[];
};

/** One nominee's dossier under one notice, over many mails. `shares` in order of arrival. */
export type Application = {
  union: UnionNamed | null;
  nominee: string | null;
  shares: Share[];
  /** What lies in mails that may belong here and that a person has to place: as long as it does, it is not missing here. */
  perhaps: OpenQuestion[];
  firstReceivedAt: Date;
  lastReceivedAt: Date;
  /** That of its first mail; each material has its own time. */
  timeliness: Timeliness;
};

export const requirementStates = [
  'present',
  'missing',
  'declared_none',
  'on_paper',
  'blank_form',
  'needs_fix',
  'unreadable',
  'behind_link',
  'unsure',
] as const;
export type RequirementState = (typeof requirementStates)[number];

/** How one requirement stands: `rows` of a list, `certificates` that came with it. */
export type RequirementStatus = {
  state: RequirementState;
  files: string[];
  rows?: number;
  certificates?: number;
  /** A person said that it is met. */
  acceptedBy?: SaidBy;
  /** What was handed in on paper, as a person ticked it. */
  paper?: { copies: number; sealSeen: boolean; by: string; at: string };
};

/** Who said so, why, and when (office time, ISO). `act` takes it back. */
export type SaidBy = { by: string; reason: string; at: string; act: string };

/** Where a finding is seen. `seen` never holds an ID number or a phone in full. */
export type Evidence = { file: string | null; location: string | null; seen: string | null };

/** What a check reports. `forUnion` is null when only staff need know. */
export type Finding = {
  code: FindingCode;
  severity: Severity;
  requirement: string | null;
  evidence: Evidence;
  forUnion: string | null;
  forStaff: string;
  clause: string;
  /** Names it over reruns, once an application is recorded (review/finding-key.ts). */
  key?: string;
};

/** A finding that a person does not hold against the application, or whose requirement a person accepted. */
export type DismissedFinding = Finding & { dismissedBy: SaidBy };

/** An application looked at: how each requirement stands and what the checks found. */
export type CheckedApplication = Application & {
  requirements: Record<string, RequirementStatus>;
  /** Those that are open. */
  findings: Finding[];
  dismissed: DismissedFinding[];
  /** Every requirement present, declared none or on paper, and no blocking finding. */
  complete: boolean;
};

export const materialsOf = (application: Application): Material[] =>
  application.shares.flatMap(({ materials }) => materials);
export const openQuestionsOf = ({ shares, perhaps }: Application): OpenQuestion[] => [
  ...shares.flatMap(({ open }) => open),
  ...perhaps,
];

/** The shares that came by mail; staff bring others in, and nobody is answered at the office's own address. */
export const mailed = (shares: readonly Share[]): Share[] =>
  shares.filter(({ source }) => source.broughtBy === undefined);

/** A material that cannot be given to anyone for sure: evidence for its own requirement, in somebody's dossier. */
export function asQuestion({ file, sha256, source, requirement }: Material): OpenQuestion {
  return { why: 'unsure', file, sha256, source, mightBe: [requirement], reason: null, link: null, fits: [] };
}
