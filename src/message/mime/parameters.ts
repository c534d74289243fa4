import { decodeText } from '../../text/charset.ts';
import { decodeBytes, decodeWords } from './encoded-word.ts';

/** `text/plain; charset=gbk; name="…"` taken apart. `value` in lower case; parameter names in lower case, values as text. */
export type Parameterised = { value: string; parameters: Map<string, string> };

/** No honest header is longer. */
const maxSigns = 20_000;
const maxPairs = 200;

/**
 * Reads Content-Type and Content-Disposition as Chinese clients write them: RFC 2231 (charset, percent signs,
 * continuations cut inside a character), RFC 2047 words inside the quotes (Foxmail) or bare, raw GBK or UTF-8, and
 * quotes inside a quoted name.
 *
 * @param raw the header's value, one character per byte; null reads as empty
 */
export function readParameters(raw: string | null): Parameterised {
  const text = decodeBytes((raw ?? '').slice(0, maxSigns));
  const end = text.indexOf(';');
  const value = (end < 0 ? text : text.slice(0, end)).trim().toLowerCase();
  const parameters = new Map<string, string>();
  const segments = new Map<string, Segment[]>();
  for (const [name, content] of end < 0 ? [] : pairs(text, end)) {
    const star = /^([^*]+)\*(\d*)(\*?)$/.exec(name);
    if (!star) {
      if (!parameters.has(name)) parameters.set(name, decodeWords(content));
      continue;
    }
    const key = star[1] ?? '';
    const encoded = star[2] === '' || star[3] === '*';
    segments.set(key, [...(segments.get(key) ?? []), { order: Number(star[2]), content, encoded }]);
  }
  for (const [name, parts] of segments) parameters.set(name, joinSegments(parts));
  return { value, parameters };
}

/** `;name=value` pairs in order, by one walk from left to right. */
function* pairs(text: string, first: number): Generator<[string, string]> {
  const closings = closingQuotes(text);
  for (let at = first, count = 0; at >= 0 && count < maxPairs; count++) {
    const equals = text.indexOf('=', at);
    if (equals < 0) return;
    const name = text.slice(text.lastIndexOf(';', equals) + 1, equals);
    let start = equals + 1;
    while (text[start] === ' ' || text[start] === '\t') start++;
    while (closings[0] !== undefined && closings[0] <= start) closings.shift();
    const quoted = text[start] === '"' ? closings[0] : undefined;
    const semicolon = text.indexOf(';', quoted ?? start);
    const end = quoted ?? (semicolon < 0 ? text.length : semicolon);
    const value = quoted === undefined ? text.slice(start, end).replace(/^"/, '').trim() : text.slice(start + 1, end);
    yield [name.trim().toLowerCase(), unescaped(value)];
    at = semicolon;
  }
}

/** A quote closes only before `;` or the end: `"推荐表"最终".doc"` is one name with quotes in it. */
function closingQuotes(text: string): number[] {
  return [...text.matchAll(/"[ \t]*(?=;|$)/g)]
    .map(({ index }) => index)
    .filter((at) => text[at - 1] !== '\\' || text[at - 2] === '\\');
}

/** Only `\"` and `\\` are escapes in practice: old Windows clients put `C:\材料\表.doc` between the quotes as it is. */
const unescaped = (value: string) => value.replace(/\\(["\\])/g, '$1');

type Segment = { order: number; content: string; encoded: boolean };

/** RFC 2231 §3–4: segments in the order of their numbers, bytes joined before the charset is applied. */
function joinSegments(segments: Segment[]): string {
  const ordered = segments.toSorted((a, b) => a.order - b.order);
  const opening = ordered[0]?.encoded ? /^([^']*)'[^']*'/.exec(ordered[0].content) : null;
  const bytes = ordered.map(({ content, encoded }, index) => {
    const body = index === 0 && opening ? content.slice(opening[0].length) : content;
    return encoded ? percentBytes(body) : Buffer.from(body, 'utf8');
  });
  return decodeWords(decodeText(Buffer.concat(bytes), opening?.[1] ?? null).text);
}

function percentBytes(text: string): Buffer {
  const pieces = text.split(/%([0-9a-f]{2})/i);
  return Buffer.concat(pieces.map((piece, index) => Buffer.from(piece, index % 2 === 1 ? 'hex' : 'utf8')));
}

/**
 * `%E6%8E%A8…` in an ordinary name: web systems write it without the RFC 2231 star. Decoded only when it is clearly that.
 */
export function decodePercentName(name: string): string {
  return /(?:%[89a-f][0-9a-f]){3}/i.test(name) && !/[^ -~]/.test(name) ? decodeText(percentBytes(name)).text : name;
}
