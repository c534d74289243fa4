import { isAscii } from 'node:buffer';
import { decodeEvenLines } from './even-base64.ts';

const PAD = 0x3d;

/**
 * Undoes a Content-Transfer-Encoding. A wrong label never loses the content: what is labelled base64 and plainly is
 * not comes back as it stands, and unknown labels (`utf-8`, `8Bit`) mean no encoding.
 *
 * @param body the part's bytes between its header and its boundary
 * @param label the header's value, or null
 */
export function decodeTransfer(body: Buffer, label: string | null): Buffer {
  const encoding = (label ?? '')
    .trim()
    .toLowerCase()
    .replace(/^["']|["';].*$/g, '');
  if (encoding === 'base64') return (looksBase64(body) ? decodeEvenLines(body) : null) ?? decodeAnyBase64(body);
  if (encoding === 'quoted-printable') return decodeQuotedPrintable(body);
  return body;
}

function decodeAnyBase64(body: Buffer): Buffer {
  const block = withoutFooter(body);
  return looksBase64(block) ? decodeBase64(block) : body;
}

/** Prose has blanks inside its lines and bytes above 127; base64 has neither, apart from a little junk. */
function looksBase64(body: Buffer): boolean {
  const sample = body.toString('latin1', 0, 2_000).replace(/[\r\n]+/g, '');
  return sample.replace(/[A-Za-z0-9+/=]+/g, '').length <= sample.length / 20;
}

/** A mailing list or a virus scanner may add prose behind an empty line; encoders never write empty lines. */
function withoutFooter(body: Buffer): Buffer {
  let start = 0;
  while (isPadding(body[start])) start++;
  const blanks = [body.indexOf('\n\n', start), body.indexOf('\n\r\n', start)].filter((at) => at >= 0);
  const blank = Math.min(...blanks);
  return blanks.length > 0 && !looksBase64(body.subarray(blank)) ? body.subarray(start, blank) : body.subarray(start);
}

/**
 * Native decoding skips foreign signs but stops at the first padding. Some encoders pad every block or line; what
 * follows a padding and is base64 again is part of the file, a gateway's prose is not.
 */
function decodeBase64(body: Buffer): Buffer {
  const padding = body.indexOf(PAD);
  let rest = padding < 0 ? body.length : padding;
  while (isPadding(body[rest])) rest++;
  return rest < body.length && looksBase64(body.subarray(rest)) ? decodePaddedBlocks(body) : fromBase64(body);
}

const isPadding = (byte: number | undefined) => byte === PAD || byte === 0x0a || byte === 0x0d || byte === 0x20;

/** `ascii` is the fastest way into a string, but it would turn a stray high byte into a letter. */
const fromBase64 = (bytes: Buffer) => Buffer.from(bytes.toString(isAscii(bytes) ? 'ascii' : 'latin1'), 'base64');

/** Sign by sign: a padding ends a group of four early, and the next sign begins a new one. */
function decodePaddedBlocks(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  let bits = 0;
  let held = 0;
  for (const byte of body) {
    const value = sextets[byte] ?? -1;
    if (byte === PAD) held = 0;
    if (value < 0) continue;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    out[length++] = bits >> held;
  }
  return out.subarray(0, length);
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const sextets = Int8Array.from({ length: 256 }, (_, byte) => alphabet.indexOf(String.fromCharCode(byte)));

/** RFC 2045 §6.7 with soft breaks before CRLF or bare LF; an `=` that starts no escape stays. */
function decodeQuotedPrintable(body: Buffer): Buffer {
  const out = Buffer.allocUnsafe(body.length);
  let length = 0;
  for (let at = 0; at < body.length; ) {
    const equals = body.indexOf(PAD, at);
    const end = equals < 0 ? body.length : equals;
    length += body.copy(out, length, at, end);
    if (equals < 0) break;
    const byte = hexByte(body[equals + 1], body[equals + 2]);
    const soft = byte < 0 ? afterSoftBreak(body, equals + 1) : -1;
    if (byte >= 0) out[length++] = byte;
    else if (soft < 0) out[length++] = PAD;
    at = byte >= 0 ? equals + 3 : soft >= 0 ? soft : equals + 1;
  }
  return out.subarray(0, length);
}

/** Offset behind the line break when only blanks stand between the `=` and it (or the end of the part), else -1. */
function afterSoftBreak(body: Buffer, from: number): number {
  let at = from;
  while (body[at] === 0x20 || body[at] === 0x09 || body[at] === 0x0d) at++;
  return at >= body.length ? at : body[at] === 0x0a ? at + 1 : -1;
}

function hexByte(high: number | undefined, low: number | undefined): number {
  const value = (hexDigit(high) << 4) | hexDigit(low);
  return value >= 0 && value <= 255 ? value : -1;
}

function hexDigit(code: number | undefined): number {
  if (code === undefined) return -1;
  if (code >= 0x30 && code <= 0x39) return code - 0x30;
  const upper = code & 0xdf;
  return upper >= 0x41 && upper <= 0x46 ? upper - 0x37 : -1;
}
