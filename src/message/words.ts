import { z } from 'zod';
import { object, pattern, someText, words } from '../config/expect.ts';

const patterns = z.array(pattern, { error: '应为列表，每行以“- ”开头' });

const headerLabels = object({ from: words, date: words, to: words, subject: words }).transform((labels) => ({
  from: labelled(labels.from),
  others: [labelled(labels.date), labelled(labels.to), labelled(labels.subject)],
}));

/** A squeezed line that begins with one of the labels and a colon (or the bar of a text table: `| From | …`). */
function labelled(labels: string[]): RegExp {
  return new RegExp(`^[|*]*(?:${labels.map(escapeRegExp).join('|')})[*]*[:|]`, 'iu');
}

/** `Re:`, `回复：`, `Re[2]:`, any number of them. */
function prefixed(prefixes: string[]): RegExp {
  const one = `(?:${prefixes.map(escapeRegExp).join('|')})\\s*(?:\\[\\d+\\]|\\(\\d+\\))?\\s*[:：]\\s*`;
  return new RegExp(`^\\s*${one}`, 'iu');
}

const escapeRegExp = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/**
 * The words and patterns of `config/words/mail.yaml`: how Chinese mail clients mark answers, quotations, large
 * attachments and automatic mail. The code knows what to do with a mark, this file which marks there are. Parsing the
 * YAML with it yields compiled patterns; its complaints are Chinese, for whoever edits the file.
 */
export const mailWordsSchema = object({
  subject: object({ replyPrefixes: words, forwardPrefixes: words }).transform((subject) => ({
    reply: prefixed(subject.replyPrefixes),
    forward: prefixed(subject.forwardPrefixes),
  })),
  quotes: object({
    bars: patterns,
    bareBars: patterns,
    forwardBars: patterns,
    introductions: patterns,
    headerLabels,
    containers: words,
    forwardContainers: words,
    beginnings: words,
    innerContainers: words,
  }),
  ownLetter: object({ openings: patterns, closings: patterns }),
  links: object({
    headings: patterns,
    buttons: patterns,
    ignored: patterns,
    providers: z.array(object({ name: someText, url: pattern }), { error: '应为列表，每项写 name 和 url' }),
    otherProvider: someText,
  }),
  passwords: patterns,
  authors: object({
    autoReply: object({ headers: words, subjects: patterns, openings: patterns }),
    bounce: object({ addresses: patterns, headers: words, subjects: patterns }),
    readReceipt: object({ subjects: patterns }),
    recall: object({ subjects: patterns }),
    newsletter: object({ headers: words, precedence: words }),
    advertisement: object({ subjects: patterns, unsubscribe: patterns, offers: patterns }),
    noReply: object({ addresses: patterns }),
  }),
});

export type MailWords = z.output<typeof mailWordsSchema>;
