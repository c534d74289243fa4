import type { MailWords } from '../words.ts';
import type { Line } from './line.ts';

export type Attributes = Record<string, string>;

/**
 * Is this element a quotation: one of the containers clients put around a foreign mail, or a blockquote? NetEase and
 * Gmail indent the sender's own words with a blockquote without a border: that one quotes nobody.
 */
export function quotes(words: MailWords, name: string, attributes: Attributes): boolean {
  const { containers, forwardContainers } = words.quotes;
  if (name === 'blockquote') return attributes.type !== undefined || !isIndent(attributes.style ?? '');
  return matches(containers, attributes) || matches(forwardContainers, attributes);
}

const isIndent = (style: string) => /border:\s*(?:none|medium none|0)/i.test(style) && !/border-left/i.test(style);

/** Holds a foreign mail only below a quotation bar (QQ). */
export function isInner(words: MailWords, attributes: Attributes): boolean {
  return matches(words.quotes.innerContainers, attributes);
}

/** Says the element that a foreign mail begins here and goes on to the end, or that a mail is sent on? */
export function markOf(words: MailWords, attributes: Attributes): Line['mark'] {
  if (matches(words.quotes.beginnings, attributes)) return 'rest';
  return matches(words.quotes.forwardContainers, attributes) ? 'forward' : null;
}

/** `#id`, `.class`; a `*` at the end stands for any continuation (`#yahoo_quoted_*`). */
function matches(selectors: string[], attributes: Attributes): boolean {
  const { id, class: classes } = attributes;
  if (id === undefined && classes === undefined) return false;
  const names = [`#${id}`, ...(classes ?? '').split(/\s+/).map((each) => `.${each}`)];
  return selectors.some((selector) =>
    selector.endsWith('*') ? names.some((each) => each.startsWith(selector.slice(0, -1))) : names.includes(selector),
  );
}
