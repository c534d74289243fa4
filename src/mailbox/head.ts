import { readAddresses } from '../message/addresses.ts';
import { decodeHeader } from '../message/mime/encoded-word.ts';
import { type Field, firstField, readHeaderBlock } from '../message/mime/header-block.ts';
import type { MailHead } from './ledger.ts';

/** A subject or a list of References has no limit of its own; the ledger's line has. */
const maxSigns = 1_000;
const maxReferences = 100;

/**
 * Reads what the ledger shows of a mail.
 *
 * @param header the header block, or the few lines of it that a server gave on request; the body is never looked at
 */
export function readHead(header: Buffer): MailHead {
  const { fields } = readHeaderBlock(header, 0);
  const from = readAddresses(firstField(fields, 'from'))[0];
  const ids = new Set([...messageIds(fields, 'references'), ...messageIds(fields, 'in-reply-to')]);
  return {
    messageId: messageIds(fields, 'message-id').map((id) => `<${id}>`)[0] ?? null,
    from: cut(from?.address ?? ''),
    fromName: cut(from?.name ?? ''),
    subject: cut(decodeHeader(firstField(fields, 'subject') ?? '')),
    inReplyTo: [...ids].slice(-maxReferences),
  };
}

const cut = (text: string) => text.slice(0, maxSigns);

/** Without brackets, also where a client lost them; an empty `<>` (QQ's mobile app) is none. */
function messageIds(fields: Field[], name: string): string[] {
  const value = decodeHeader(firstField(fields, name) ?? '');
  const bracketed = value.match(/<[^<>\s]+>/g)?.map((id) => id.slice(1, -1));
  return (bracketed ?? value.split(/[\s,<>]+/).filter((word) => word.includes('@'))).map(cut);
}
