import { readDate, withoutComments } from './dates.ts';
import { readHeaderBlock } from './mime/header-block.ts';

/**
 * When the mail reached the mailbox, for mails read from a file: the date of the topmost Received header, which our own
 * server wrote. The ones below it are the sender's side, and a NetEase sender's hop looks just like ours.
 *
 * @param headers decoded headers, topmost first
 * @returns null when there is no Received header or its date cannot be read; the lower ones are never asked
 */
export function receivedFromHeaders(headers: { name: string; value: string }[]): Date | null {
  const received = headers.find(({ name }) => name === 'received')?.value;
  if (received === undefined) return null;
  const plain = withoutComments(received.slice(-2_000));
  const stamp = plain.lastIndexOf(';') >= 0 ? plain : received;
  const semicolon = stamp.lastIndexOf(';');
  return semicolon < 0 ? null : readDate(stamp.slice(semicolon + 1));
}

/** The same from a whole mail, of which only the headers are looked at. */
export function arrivalOf(raw: Buffer): Date | null {
  return receivedFromHeaders(readHeaderBlock(raw, 0).fields.map(({ name, raw: value }) => ({ name, value })));
}
