import { audit } from '../office/history.ts';
import { maskNumbers } from '../reports/plain.ts';
import type { Desk } from './desk.ts';
import { type Html, html, trusted } from './html.ts';
import type { Visitor } from './route.ts';

/** One look, however often the page is fetched anew while it stands open. */
const oneLookMs = 10 * 60_000;
const looks = new Map<string, number>();

/**
 * Whether a page may show ID numbers and phones in full: only to who asked for it (`full=1`), and noted before it does.
 *
 * @param what names what is looked at, in Chinese
 */
export async function mayShowNumbers(
  { books }: Desk,
  { visitor, isWanted, what, number }: { visitor: Visitor; isWanted: boolean; what: string; number: string | null },
): Promise<boolean> {
  if (!isWanted) return false;
  const key = `${visitor.name} ${what}`;
  const last = looks.get(key) ?? Number.NEGATIVE_INFINITY;
  if (performance.now() - last < oneLookMs) return true;
  await audit(books, { by: visitor.name, what: `查看完整号码：${what}`, number });
  looks.set(key, performance.now());
  return true;
}

export const personalText = (text: string, isFull: boolean) => (isFull ? text : maskNumbers(text));

/** Markup of a preview: only what stands between the tags is text. */
export const personalMarkup = (markup: string, isFull: boolean): Html =>
  trusted(isFull ? markup : markup.replace(/>([^<]+)</g, (_, text: string) => `>${maskNumbers(text)}<`));

/** The way to the full numbers, where some are hidden. */
export function revealLink(before: string, address: string, isFull: boolean): Html {
  const isHidden = !isFull && maskNumbers(before) !== before;
  return html`${isHidden && html`<a class="button" href="${address}" title="会记入查阅记录">显示完整号码</a>`}`;
}
