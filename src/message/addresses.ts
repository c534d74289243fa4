import addressparser from 'nodemailer/lib/addressparser';
import type { Address } from './mail.ts';
import { decodeBytes, decodeHeader, decodeWords, oneLine } from './mime/encoded-word.ts';

const maxSigns = 200_000;

/**
 * Reads From, To or Reply-To. Raw 8-bit names are decoded before the structure is read (the second byte of a GBK sign
 * may look like `\` or `@`), encoded words after it (a name may hold a comma). A client that encoded the whole header,
 * address and all, is read in a second attempt.
 *
 * @param raw the header's value, one character per byte; null reads as empty
 * @returns mailboxes that have an address, groups flattened, names decoded
 */
export function readAddresses(raw: string | null): Address[] {
  const value = (raw ?? '').slice(0, maxSigns);
  const found = mailboxes(decodeBytes(value));
  return found.length > 0 || !value.includes('=?') ? found : mailboxes(decodeHeader(value));
}

function mailboxes(text: string): Address[] {
  return addressparser(text, { flatten: true })
    .filter(({ address }) => address.includes('@'))
    .map(({ name, address }) => ({ name: oneLine(decodeWords(name)), address: oneLine(address) }));
}
