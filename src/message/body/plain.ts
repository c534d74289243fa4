import type { Anchor, Line } from './line.ts';

const address = /https?:\/\/[^\s<>"'，。；、（）()\u3000]+/gi;

/**
 * Plain text → lines. QQ writes `&nbsp;` into its plain alternative, bars of quotations among it, so that is undone;
 * other entities stay, a person may have typed them.
 *
 * @param maxLines where to stop
 */
export function plainLines(text: string, maxLines: number): Line[] {
  return text.split(/\r\n|\r|\n/, maxLines).map((line) => {
    const quote = /^(?:\s?>)+ ?/.exec(line.slice(0, 400))?.[0] ?? '';
    const content = line.slice(quote.length).replace(/&nbsp;|\u00a0/g, ' ');
    return {
      text: content,
      depth: quote.replace(/[^>]/g, '').length,
      inner: false,
      mark: null,
      anchors: anchorsIn(content),
    };
  });
}

/** Bare addresses in a line of text. */
export function anchorsIn(text: string): Anchor[] {
  if (!text.includes('://')) return [];
  return [...text.matchAll(address)].map(([url]) => ({ url, text: '', expires: null }));
}
