import type { Share } from '../application/application.ts';
import type { Material } from '../application/material.ts';
import type { PictureFacts } from '../pictures/picture.ts';
import type { DoneAct, FileRef, ToRequirement } from './acts.ts';
import { inForce } from './said.ts';

/** A file as the ledger knows it, sorted or not. */
export type LedgerFile = FileRef & { bytes: number; sha256: string; pieces: number; picture: PictureFacts | null };

export type FileFacts = {
  /** Files of the application's mails. */
  files: readonly LedgerFile[];
  /** Files that a person gave to another application with a share of the same mail. */
  givenElsewhere: readonly FileRef[];
  /** Identity of the mail that a share's source names. */
  mailOf: (message: string) => string;
};

/** The shares with each file where people put it; a file goes to the first share of its mail. */
export function reassigned(
  own: readonly [Share, ...Share[]],
  acts: readonly DoneAct[],
  facts: FileFacts,
): [Share, ...Share[]] {
  const [first, ...rest] = own.map((share) => ({ ...share, open: withoutGiven(share, facts) })) as [Share, ...Share[]];
  return wishes(acts, facts).reduce<[Share, ...Share[]]>(
    (shares, wish) => moved(shares, wish, facts),
    [first, ...rest],
  );
}

type Wish = { file: FileRef; to: ToRequirement | 'aside'; by: string; isBrought: boolean };

/** What was brought for a requirement is meant for it; a later word about the same file counts more. */
function wishes(acts: readonly DoneAct[], { files }: FileFacts): Wish[] {
  const brought = inForce(acts, 'bring').flatMap(({ deed: { to, mail }, by }) =>
    to === null
      ? []
      : files
          .filter((file) => file.mail === mail && !file.path.includes('/'))
          .map((file) => ({ file, to, by, isBrought: true })),
  );
  const assigned = inForce(acts, 'reassign_material').map(({ deed: { file, to }, by }) => ({
    file,
    to,
    by,
    isBrought: false,
  }));
  return [...brought, ...assigned];
}

function moved(shares: [Share, ...Share[]], { file, to, by, isBrought }: Wish, facts: FileFacts): [Share, ...Share[]] {
  const ofMail = shares.filter(({ source }) => facts.mailOf(source.message) === file.mail);
  const [home] = ofMail;
  if (!home || (isBrought && ofMail.some((share) => answers(share, file.path, to)))) return shares;
  const material = to === 'aside' ? null : materialOf(ofMail, home, file, to, by, facts);
  if (to !== 'aside' && material === null) return shares;
  return shares.map((share) => {
    if (!ofMail.includes(share)) return share;
    const rest = without(share, file.path);
    return material && share === home ? { ...rest, materials: [...rest.materials, material] } : rest;
  }) as [Share, ...Share[]];
}

/** The file as this requirement's material, with whatever was read in it that fits; null when the mail has no such file. */
function materialOf(
  ofMail: readonly Share[],
  { source }: Share,
  { mail, path }: FileRef,
  to: ToRequirement,
  by: string,
  { files }: FileFacts,
): Material | null {
  const before = ofMail.flatMap(({ materials }) => materials).filter(({ file }) => file === path);
  const same = before.find(({ requirement, part }) => requirement === to.requirement && part === to.part);
  if (same) return { ...same, namedAs: null, assignedBy: by };
  const known = files.find((each) => each.mail === mail && each.path === path);
  const seen = before.find(({ insideForm }) => insideForm === null) ?? known;
  if (!seen) return null;
  const { bytes, sha256, pieces, picture } = seen;
  const kept = { bytes, sha256, pieces, picture, file: path, source, ...to };
  return { ...kept, form: null, insideForm: null, revised: false, namedAs: null, assignedBy: by };
}

const answers = ({ materials }: Share, path: string, to: ToRequirement | 'aside') =>
  to !== 'aside' && materials.some(({ file, requirement }) => file === path && requirement === to.requirement);

const without = (share: Share, path: string): Share => ({
  ...share,
  materials: share.materials.filter(({ file }) => file !== path),
  open: share.open.filter(({ file }) => file !== path),
  idCards: share.idCards.filter((file) => file !== path),
});

/** A file that could be one of several nominees' is no question any more once a person gave it to one of them. */
const withoutGiven = ({ open, source }: Share, { givenElsewhere, mailOf }: FileFacts) =>
  open.filter(({ file }) => !givenElsewhere.some(({ mail, path }) => path === file && mail === mailOf(source.message)));
