import { materialsOf, openQuestionsOf } from '../application/application.ts';
import type { Source } from '../application/material.ts';
import { inForce } from '../review/said.ts';
import type { UnderstoodFile } from '../store/records.ts';
import type { Reviewed } from '../store/reviewed.ts';

/** A file of the application's mails that answers no requirement and is no open question. */
export type LooseFile = {
  /** The mail's row in the ledger. */
  message: number;
  file: string;
  sha256: string | null;
  bytes: number;
  receivedAt: Date;
  /** Why it answers nothing, in Chinese. */
  note: string;
  /** Staff brought it for this application; no union mailed it. */
  isBrought: boolean;
  /** Brought, and nobody has said yet that it is nothing: whoever brought it looks for it. */
  isAwaited: boolean;
};

/**
 * What its mails brought besides materials and open questions, as they came. Left out is what counts in another
 * application, and a container whose content stands for itself.
 *
 * @param taken the files of its mails as intake took them, by the mail's row
 */
export function looseFiles(reviewed: Reviewed, taken: ReadonlyMap<number, readonly UnderstoodFile[]>): LooseFile[] {
  const { application, shares } = reviewed;
  if (!application) return [];
  const key = (message: string | number, file: string) => `${message} ${file}`;
  const counts = [...materialsOf(application), ...openQuestionsOf(application)];
  const standing = new Set(counts.map(({ source, file }) => key(source.message, file)));
  const sources = new Map(application.shares.map(({ source }) => [Number(source.message), source]));
  return [...sources].flatMap(([message, source]) => {
    const mail = shares.find((share) => share.message === message)?.mail ?? '';
    const files = taken.get(message) ?? [];
    return files
      .filter(
        ({ path }) => !standing.has(key(message, path)) && !files.some((each) => each.path.startsWith(`${path}/`)),
      )
      .flatMap((file) => looseFile(file, { message, mail, source }, reviewed));
  });
}

function looseFile(
  { path, sha256, bytes, requirement, nominee, note }: UnderstoodFile,
  { message, mail, source }: { message: number; mail: string; source: Source },
  { acts, givenElsewhere }: Reviewed,
): LooseFile[] {
  const isIt = (file: { mail: string; path: string }) => file.mail === mail && file.path === path;
  const said = inForce(acts, 'reassign_material').findLast(({ deed }) => isIt(deed.file));
  const isOthers = requirement !== null || nominee !== null || givenElsewhere.some(isIt);
  if (!said && isOthers) return [];
  const why = said ? `${said.by}认定与申报材料无关` : note;
  const isBrought = source.broughtBy !== undefined;
  const seen = { message, file: path, sha256, bytes, receivedAt: source.receivedAt };
  return [{ ...seen, note: why, isBrought, isAwaited: isBrought && !said }];
}
