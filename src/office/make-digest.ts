import { letterMessageId } from '../letters/smtp/message-id.ts';
import type { Notice } from '../notice/notice.ts';
import { type Digest, digestOf } from '../reports/digest/digest.ts';
import { digestHtml } from '../reports/digest/html.ts';
import { digestSubject, digestText } from '../reports/digest/text.ts';
import { step } from '../steps.ts';
import type { Db } from '../store/database.ts';
import { saveDigest } from '../store/digests.ts';
import { layInOutbox, type NewLetter } from '../store/outbox.ts';
import { takeBalance } from './balance.ts';
import type { Books } from './books.ts';
import { officeFacts } from './facts.ts';
import type { Office } from './office.ts';

/** Makes the digest of a day with a fresh count of the mailbox, keeps it, and lays it in the outbox for DIGEST_TO. */
export async function makeDigest(office: Office, day: string): Promise<Digest> {
  await takeBalance(office).catch((error: unknown) => office.log.warn({ reason: String(error) }, 'no count today')); // the digest says so
  const digest = digestOf(await officeFacts(office), day);
  await layDigest(office, digest, true);
  return digest;
}

/**
 * Lays a digest in the outbox, one letter for each of DIGEST_TO. The journal keeps it whole: what the server held and
 * the disk had free that morning cannot be found out again.
 *
 * @param isDays the day's own digest, which is kept; else one that a person asked for
 */
export async function layDigest(
  { db, journal, settings, notice }: Books,
  digest: Digest,
  isDays: boolean,
): Promise<void> {
  const to = settings.digestTo;
  const at = await journal.write({ event: 'digest', day: digest.date, isDays, content: digest, to });
  step('digest: journalled');
  await db.transaction().execute((tx) => putDigest(tx, digest, { isDays, to, at }, notice));
  step('digest: kept');
}

export type DigestLaid = { isDays: boolean; to: readonly string[]; at: Date };

/** The rows of a digest. @param at office time */
export async function putDigest(tx: Db, digest: Digest, { isDays, to, at }: DigestLaid, notice: Notice): Promise<void> {
  for (const each of to) await layInOutbox(tx, digestLetter(digest, each, at, notice));
  step('digest: laid');
  if (isDays) await saveDigest(tx, digest.date, digest, at);
}

/** One letter an address; the day is its state, so that no day's digest goes twice. */
function digestLetter(digest: Digest, to: string, at: Date, notice: Notice): NewLetter {
  const stateKey = `${digest.date} ${to}`;
  const domain = notice.mailbox.slice(notice.mailbox.lastIndexOf('@') + 1);
  return {
    application: null,
    kind: 'digest',
    stateKey,
    number: null,
    to,
    subject: digestSubject(digest),
    text: digestText(digest),
    html: digestHtml(digest),
    messageId: letterMessageId({ number: null, kind: 'digest', stateKey, domain }),
    inReplyTo: null,
    references: [],
    state: 'due',
    reason: null,
    dueAt: at,
    writtenAt: at,
  };
}
