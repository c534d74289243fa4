import { squeeze } from '../../text/squeeze.ts';
import type { MailWords } from '../words.ts';
import type { Line } from './line.ts';

/** The sender's own lines and the quoted ones, each in order; `forward`: the quotation is marked as a mail sent on. */
export type Separated = { own: Line[]; quoted: Line[]; forward: boolean };

/** `squeezed`: the beginning of each line without white space, for the marks. */
type Reader = { words: MailWords; lines: Line[]; squeezed: string[] };

const maxMarkSigns = 300;
const maxGapLines = 10;
const headerBlockLines = 8;

/**
 * Parts what the sender wrote from what they quoted. Quoted are: lines inside quotation marks or containers; everything
 * below a bar (原始邮件), a block of 发件人 / 发送时间 / 主题, or 在…写道： when no marked lines follow it; our own letter
 * pasted without any mark. A block of large attachments on the sender's own level is theirs again, because QQ sets it
 * below the quotation.
 */
export function separate(lines: Line[], words: MailWords): Separated {
  const reader = { words, lines, squeezed: lines.map(({ text }) => squeeze(text.slice(0, maxMarkSigns))) };
  const quoted = quotedLines(reader);
  quoteOwnLetter(reader, quoted);
  return {
    own: lines.filter((_, index) => !quoted[index]),
    quoted: lines.filter((_, index) => quoted[index]),
    forward: lines.some((line, index) => quoted[index] && isForwardMark(reader, line, index)),
  };
}

function quotedLines(reader: Reader): boolean[] {
  let rest = false;
  let introducedUntil = -1;
  return reader.lines.map((line, index) => {
    if (line.depth > 0) return true;
    if (rest) {
      rest = !isOwnHeading(reader, line, index);
      return rest;
    }
    rest = line.mark === 'rest' || beginsRest(reader, index);
    const end = rest ? -1 : introductionEnd(reader, index);
    const marked = end >= 0 && (reader.lines[nextWritten(reader, end)]?.depth ?? 0) > 0;
    if (marked) introducedUntil = end;
    rest ||= end >= 0 && !marked;
    return rest || index <= introducedUntil;
  });
}

function isForwardMark({ words, squeezed }: Reader, line: Line, index: number): boolean {
  return line.mark === 'forward' || anyMatch(words.quotes.forwardBars, squeezed[index]);
}

/** In QQ's .qmbox the block belongs to the quoted mail. */
function isOwnHeading({ words, squeezed }: Reader, line: Line, index: number): boolean {
  return !line.inner && anyMatch(words.links.headings, squeezed[index]);
}

function beginsRest(reader: Reader, index: number): boolean {
  const { bars, forwardBars, bareBars } = reader.words.quotes;
  const text = reader.squeezed[index];
  if (!text) return false;
  if (anyMatch(bars, text) || anyMatch(forwardBars, text) || isHeaderBlock(reader, index)) return true;
  return anyMatch(bareBars, text) && isHeaderBlock(reader, nextWritten(reader, index));
}

/** 发件人 first, and at least two of date, recipient and subject soon after: one such word alone is ordinary text. */
function isHeaderBlock({ words, squeezed }: Reader, index: number): boolean {
  const { from, others } = words.quotes.headerLabels;
  if (!from.test(squeezed[index] ?? '')) return false;
  const near = squeezed.slice(index + 1, index + 1 + 2 * headerBlockLines).filter(Boolean);
  const following = near.slice(0, headerBlockLines);
  return others.filter((label) => following.some((line) => label.test(line))).length >= 2;
}

/** 在…写道： on this line, or begun here and ended on the next (Gmail breaks after the address); its last line or -1. */
function introductionEnd(reader: Reader, index: number): number {
  const { introductions } = reader.words.quotes;
  const text = reader.squeezed[index];
  if (!text) return -1;
  if (anyMatch(introductions, text)) return index;
  const next = /[\d@>]/.test(text) ? nextWritten(reader, index) : -1;
  const following = reader.squeezed[next];
  if (!following || !anyMatch(introductions, text + following)) return -1;
  return text.endsWith('>') || !anyMatch(introductions, following) ? next : -1;
}

/** Our own letter, pasted or quoted without any mark: from the line before its opening sentence to its last line. */
function quoteOwnLetter({ words, squeezed }: Reader, quoted: boolean[]): void {
  const { openings, closings } = words.ownLetter;
  const closing = squeezed.findIndex((text, index) => !quoted[index] && anyMatch(closings, text));
  if (closing < 0) return;
  const opening = squeezed.findIndex((text, index) => !quoted[index] && index <= closing && anyMatch(openings, text));
  if (opening < 0) return;
  const addressee = squeezed.slice(0, opening).findLastIndex(Boolean);
  const start = squeezed[addressee]?.endsWith(':') ? addressee : opening;
  quoted.fill(true, start, closing + 1);
}

function nextWritten({ squeezed }: Reader, index: number): number {
  for (let next = index + 1; next <= index + maxGapLines && next < squeezed.length; next++)
    if (squeezed[next]) return next;
  return -1;
}

const anyMatch = (patterns: RegExp[], text: string | undefined) =>
  text !== undefined && text !== '' && patterns.some((pattern) => pattern.test(text));
