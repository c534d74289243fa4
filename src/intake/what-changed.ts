import type { CheckedApplication } from '../application/application.ts';
import { contentKey as contentKeyOf, type MailHappened, stateHappened } from '../review/happened.ts';
import type { Db } from '../store/database.ts';
import { type HappenedAt, type Known, type MailsKnown, mailsKnown } from '../store/happenings.ts';
import type { Reviewed } from '../store/reviewed.ts';

/** An application as the record knows it, and as its mails and what people did make it now. */
export type Read = { known: Known; reviewed: Reviewed };

/** The version that an application has now, what it stands for, and what made it. */
export type Changed = { version: number; contentKey: string; lines: HappenedAt[] };

/**
 * A higher version when anything that a person sees of an application is no longer what it was. A rerun that comes to
 * the same leaves the version as it is.
 *
 * @param checked null when it holds nothing
 * @param now office time
 */
export async function whatChanged(
  tx: Db,
  id: number,
  read: Read,
  checked: CheckedApplication | null,
  now: Date,
): Promise<Changed> {
  const { reviewed, known } = read;
  const holds = reviewed.shares.map(({ ref, isProposed }) => (isProposed ? `? ${ref}` : ref));
  const contentKey = contentKeyOf(checked, holds, reviewed.acts, known.mergedInto);
  if (contentKey === known.contentKey) return { version: known.version, contentKey, lines: [] };
  const state = checked && stateHappened(known, checked);
  const lines = [...(await mailsHappened(tx, id, read, now)), ...(state ? [{ ...state, at: now }] : [])];
  return { version: known.version + 1, contentKey, lines };
}

/** Mails that came since, at the time of their arrival, and those that went to another application. */
async function mailsHappened(tx: Db, id: number, { reviewed, known: then }: Read, now: Date): Promise<HappenedAt[]> {
  const { mails } = reviewed;
  const known: MailsKnown = then.version === 0 ? new Map() : await mailsKnown(tx, id);
  const came = mails.filter(({ mail }) => !known.has(mail));
  const left = [...known.values()].filter(({ mail }) => !mails.some((each) => each.mail === mail));
  return [
    ...came.map(({ receivedAt, ...mail }) => ({ kind: 'mail' as const, ...mail, left: false, at: receivedAt })),
    ...left.map(({ mail, subject, from, brought }): MailHappened & { at: Date } => {
      return { kind: 'mail', mail, subject, from, brought, left: true, at: now };
    }),
  ];
}
