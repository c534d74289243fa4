import { isAscii, isUtf8 } from 'node:buffer';
import iconv from 'iconv-lite';
import { looksBig5 } from './big5.ts';

/** Text out of bytes, and whether every byte was accounted for under a charset that fits. */
export type Decoded = { text: string; charset: string; sure: boolean };

const aboveUtf8TwoBytes = /[\u0800-\u{10ffff}]/u;
const han = /\p{Script=Han}/u;

/**
 * Turns bytes of Chinese mail into text. The label is a hint that is often wrong: `gb2312` on GBK or four-byte
 * GB18030 (䶮 㛃), `gb2312` on UTF-8, or none at all (mailparser garbles each of these). The ladder:
 * byte-order mark, strict UTF-8, a label outside the GB family if the bytes obey it strictly, strict GB18030, unless
 * Big5 is likelier.
 *
 * @param bytes the body, header value, file name or text file as received
 * @param label the charset the sender named, if any
 * @returns never throws; `sure: false` when some byte had to be replaced
 */
export function decodeText(bytes: Uint8Array, label?: string | null): Decoded {
  const marked = byOrderMark(bytes);
  if (marked) return marked;
  const named = otherFamily(label);
  if (isAscii(bytes) && !named?.startsWith('iso-2022')) return { text: latin1(bytes), charset: 'us-ascii', sure: true };
  return (
    strictUtf8(bytes, label) ?? (named ? strict(bytes, named) : null) ?? strictChinese(bytes) ?? guess(bytes, label)
  );
}

/**
 * UTF-8 or null. Two-byte sequences alone are more likely two-byte Chinese (目 is C4 BF) than Latin or Cyrillic, unless
 * the label says UTF-8 itself: a file called `5×7.jpg`.
 */
function strictUtf8(bytes: Uint8Array, label: string | null | undefined): Decoded | null {
  const utf8 = strict(bytes, 'utf-8');
  if (!utf8 || aboveUtf8TwoBytes.test(utf8.text) || /^["'\s]*utf-?8/i.test(label ?? '')) return utf8;
  const gb = strict(bytes, 'gb18030');
  return gb && han.test(gb.text) ? gb : utf8;
}

const strictChinese = (bytes: Uint8Array) =>
  (looksBig5(bytes) ? strict(bytes, 'big5') : null) ?? strict(bytes, 'gb18030');

function byOrderMark(bytes: Uint8Array): Decoded | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return strict(bytes.subarray(3), 'utf-8');
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return strict(bytes.subarray(2), 'utf-16le');
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return strict(bytes.subarray(2), 'utf-16be');
  return null;
}

/** A label worth obeying: Big5, Shift_JIS, ISO-2022-JP and their like; not GB, UTF-8, ASCII or Latin-1 labels, which lie. */
function otherFamily(label: string | null | undefined): string | null {
  const name = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, '');
  if (
    !name ||
    /^(x-)?(gb|hz|cp936|ms936|windows-936|euc-?cn|utf-?8|unicode-1-1-utf-8|us-ascii|ascii|ansi|iso-?8859-1$|latin-?1|windows-1252|unknown|binary|8bit)/.test(
      name,
    )
  )
    return null;
  try {
    return new TextDecoder(name).encoding;
  } catch {
    return null; // an invented label says nothing
  }
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');

/** Opening a decoder costs five times what a header value costs it, so each is opened once. */
const decoders = new Map<string, InstanceType<typeof TextDecoder>>();

function strict(bytes: Uint8Array, charset: string): Decoded | null {
  if (charset === 'utf-8' && !isUtf8(bytes)) return null; // a tenth of what an exception costs
  try {
    const decoder = decoders.get(charset) ?? new TextDecoder(charset, { fatal: true });
    const text = decoder.decode(bytes);
    decoders.set(charset, decoder);
    return { text, charset, sure: true };
  } catch {
    decoders.delete(charset); // one that has stumbled may stand within a shift sequence
    return null; // not this charset; the ladder goes on
  }
}

/** Nothing fits strictly. A truncated or mixed Chinese text reads best as GB18030 or UTF-8 with the fewest lost signs. */
function guess(bytes: Uint8Array, label: string | null | undefined): Decoded {
  const lost = (text: string) => (text.match(/\ufffd/g) ?? []).length;
  const utf8 = new TextDecoder('utf-8').decode(bytes);
  const gb = new TextDecoder('gb18030').decode(bytes);
  const [charset, text] = lost(utf8) <= lost(gb) ? ['utf-8', utf8] : ['gb18030', gb];
  const westernLabel = /8859-1|1252|latin/i.test(label ?? '') && lost(text) > bytes.length / 10;
  return westernLabel
    ? { text: iconv.decode(Buffer.from(bytes), 'windows-1252'), charset: 'windows-1252', sure: false }
    : { text, charset, sure: false };
}
