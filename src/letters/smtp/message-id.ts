import { createHash } from 'node:crypto';
import type { LetterRecord } from '../../store/records.ts';

/** What names a letter: the same state of the same application is the same letter, however often it is sent. */
export type LetterIdentity = {
  /** The application's number; null for the digest. */
  number: string | null;
  kind: LetterRecord['kind'];
  stateKey: string;
  /** Of the office's mailbox: `126.com`. */
  domain: string;
};

/**
 * `<shouli.JZGJ-2018-0007.receipt.0123456789abcdef@126.com>`; by its first word a thread of ours is known again. Derived,
 * never drawn: after a time-out behind DATA the letter goes again under the same id, so that a second copy can be known
 * as such. Holds no personal data; the state is hashed.
 */
export function letterMessageId({ number, kind, stateKey, domain }: LetterIdentity): string {
  const state = createHash('sha256')
    .update(JSON.stringify([number, kind, stateKey]))
    .digest('hex')
    .slice(0, 16);
  const named = number !== null && /^[A-Za-z0-9-]{1,40}$/.test(number) ? [number] : [];
  return `<${['shouli', ...named, kind, state].join('.')}@${domain}>`;
}

/** The number and kind that one of our Message-IDs names; null when it is not ours. */
export function readMessageId(messageId: string): { number: string | null; kind: string; state: string } | null {
  const [, number, kind, state] =
    messageId.match(/^<shouli\.(?:([A-Za-z0-9-]+)\.)?([a-z_]+)\.([0-9a-f]{16})@[^<>\s]+>$/) ?? [];
  return kind && state ? { number: number ?? null, kind, state } : null;
}
