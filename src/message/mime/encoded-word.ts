import { decodeText } from '../../text/charset.ts';

/**
 * RFC 2047, as broken as it comes: the closing `?=` may be missing at the end of a header, words may touch each other or
 * the text around them, stand inside quotes, or hold blanks.
 */
const words = /=\?([^?\s]{1,60})\?([bq])\?([^?]*)(?:\?=|\?$|$)/gi;

type Run = { charset: string; base64: string; bytes: Buffer[] };

/**
 * Turns a header value as received (one character per byte) into text. Raw 8-bit values, which mailparser loses for
 * good, go through the charset ladder first; encoded words after that.
 *
 * @returns one line: line breaks and other control characters, encoded or not, become a space, so that a subject or
 *   name can never start a second header in a letter of ours
 */
export function decodeHeader(raw: string): string {
  return oneLine(decodeWords(decodeBytes(raw)));
}

/** Only the 8-bit step of `decodeHeader`: structure (quotes, brackets, encoded words) is still in place afterwards. */
export function decodeBytes(raw: string): string {
  return /[\x80-\xff]/.test(raw) ? decodeText(Buffer.from(raw, 'latin1')).text : raw;
}

/**
 * Replaces encoded words by their text. Neighbours of one charset are joined as bytes before decoding, because Chinese
 * clients cut words inside a character; white space between two words belongs to the folding and goes.
 */
export function decodeWords(text: string): string {
  if (!text.includes('=?')) return text;
  let decoded = '';
  let run: Run | null = null;
  let end = 0;
  for (const match of text.matchAll(words)) {
    const between = text.slice(end, match.index);
    const charset = (match[1] ?? '').replace(/\*.*$/, '').toLowerCase();
    if (run && (between.trim() !== '' || run.charset !== charset)) {
      decoded += textOf(run);
      run = null;
    }
    if (between.trim() !== '' || end === 0) decoded += between;
    run ??= { charset, base64: '', bytes: [] };
    addWord(run, match[2] ?? '', match[3] ?? '');
    end = match.index + match[0].length;
  }
  return decoded + (run ? textOf(run) : '') + text.slice(end);
}

/** A word without padding whose length is no multiple of four goes on in the next word. */
function addWord(run: Run, encoding: string, content: string): void {
  if (encoding.toLowerCase() === 'q') {
    closeBase64(run);
    run.bytes.push(decodeQ(content));
    return;
  }
  run.base64 += content.replace(/\s+/g, '');
  if (run.base64.endsWith('=') || run.base64.length % 4 === 0) closeBase64(run);
}

function closeBase64(run: Run): void {
  if (run.base64) run.bytes.push(Buffer.from(run.base64, 'base64'));
  run.base64 = '';
}

function decodeQ(content: string): Buffer {
  const bytes = content
    .replace(/_/g, ' ')
    .replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  // A sign above U+00FF stood raw inside the word and was decoded before; it goes back as it was meant, in UTF-8.
  return /[\u0100-\uffff]/.test(bytes) ? Buffer.from(bytes, 'utf8') : Buffer.from(bytes, 'latin1');
}

function textOf(run: Run): string {
  closeBase64(run);
  return decodeText(Buffer.concat(run.bytes), run.charset).text;
}

/** One line without control characters or signs that turn the writing direction (U+202E shows `gpj.exe` as `exe.jpg`). */
export function oneLine(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed here
      .replace(/[\u0000-\u001f\u007f-\u009f\u2028\u2029]+/g, ' ')
      .replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
      .trim()
  );
}
