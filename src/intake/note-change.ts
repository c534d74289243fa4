import type { CheckedApplication } from '../application/application.ts';
import { contentKey, type Happened, type MailHappened, stateHappened } from '../review/happened.ts';
import type { Db } from '../store/database.ts';
import { type Known, mailsKnown, noteHappenings, raiseVersion } from '../store/happenings.ts';
import type { MailHeld, Reviewed } from '../store/reviewed.ts';

type Looked = { reviewed: Reviewed; known: Known; checked: CheckedApplication | null };

/**
 * Raises the application's version when anything that a person sees of it is no longer what it was, and notes what
 * happened. A rerun that comes to the same leaves the version as it is.
 *
 * @param now office time
 * @returns the version that it has now
 */
export async function noteChange(tx: Db, id: number, { reviewed, known, checked }: Looked, now: Date): Promise<number> {
  const holds = reviewed.shares.map(({ ref, isProposed }) => (isProposed ? `? ${ref}` : ref));
  const key = contentKey(checked, holds, reviewed.acts, known.mergedInto);
  if (key === known.contentKey) return known.version;
  const version = known.version + 1;
  await raiseVersion(tx, id, { version, contentKey: key });
  const state = checked && stateHappened(known, checked);
  const lines = [...(await mailsHappened(tx, id, reviewed.mails, now)), ...(state ? [{ ...state, at: now }] : [])];
  await noteHappenings(tx, id, version, lines);
  return version;
}

/** Mails that came since, at the time of their arrival, and those that went to another application. */
async function mailsHappened(
  tx: Db,
  id: number,
  mails: readonly MailHeld[],
  now: Date,
): Promise<(Happened & { at: Date })[]> {
  const known = await mailsKnown(tx, id);
  const came = mails.filter(({ mail }) => !known.has(mail));
  const left = [...known.values()].filter(({ mail }) => !mails.some((each) => each.mail === mail));
  return [
    ...came.map(({ receivedAt, ...mail }) => ({ kind: 'mail' as const, ...mail, left: false, at: receivedAt })),
    ...left.map(({ mail, subject, from, brought }): MailHappened & { at: Date } => {
      return { kind: 'mail', mail, subject, from, brought, left: true, at: now };
    }),
  ];
}
