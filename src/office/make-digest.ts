import { letterMessageId } from '../letters/smtp/message-id.ts';
import { type Digest, digestOf } from '../reports/digest/digest.ts';
import { digestHtml } from '../reports/digest/html.ts';
import { digestSubject, digestText } from '../reports/digest/text.ts';
import { saveDigest } from '../store/digests.ts';
import { layInOutbox } from '../store/outbox.ts';
import { takeBalance } from './balance.ts';
import type { Books } from './books.ts';
import { officeFacts } from './facts.ts';
import type { Office } from './office.ts';

/** Makes the digest of a day with a fresh count of the mailbox, keeps it, and lays it in the outbox for DIGEST_TO. */
export async function makeDigest(office: Office, day: string): Promise<Digest> {
  await takeBalance(office).catch((error: unknown) => office.log.warn({ reason: String(error) }, 'no count today')); // the digest says so
  const digest = digestOf(await officeFacts(office), day);
  await office.db.transaction().execute(async (tx) => {
    await saveDigest(tx, day, digest, office.clock.now());
    for (const to of office.settings.digestTo) await layInOutbox(tx, digestLetter(digest, to, office));
  });
  return digest;
}

/** One letter an address; the day is its state, so that no day's digest goes twice. */
export function digestLetter(digest: Digest, to: string, { clock, notice }: Pick<Books, 'clock' | 'notice'>) {
  const stateKey = `${digest.date} ${to}`;
  const domain = notice.mailbox.slice(notice.mailbox.lastIndexOf('@') + 1);
  return {
    application: null,
    kind: 'digest' as const,
    stateKey,
    number: null,
    to,
    subject: digestSubject(digest),
    text: digestText(digest),
    html: digestHtml(digest),
    messageId: letterMessageId({ number: null, kind: 'digest', stateKey, domain }),
    inReplyTo: null,
    references: [],
    state: 'due' as const,
    reason: null,
    dueAt: clock.now(),
  };
}
