import { type Html, html } from './html.ts';

export const linesAPage = 50;

/** The number of a page as it was asked for, from 1. */
export const pageOf = (given: string | undefined) =>
  Math.min(10_000, Math.max(1, Number.parseInt(given ?? '1', 10) || 1));

/** `/applications?move=review&page=2`: the same list with something else asked for; what is empty is left out. */
export function link(path: string, query: Record<string, string>, other: Record<string, string> = {}): string {
  const words = Object.entries({ ...query, ...other }).filter(([, value]) => value !== '');
  return words.length > 0 ? `${path}?${new URLSearchParams(words)}` : path;
}

/** What stands in place of an empty list; on a later page of a list grown shorter meanwhile, where the rest is. */
export const emptyPage = (path: string, query: Record<string, string>, empty: Html): Html =>
  pageOf(query.page) === 1
    ? empty
    : html`<p class="empty">这一页已经没有内容了。<a href="${link(path, query, { page: '' })}">回到第一页</a></p>`;

/** Where in a long list one is, and the way to the pages beside; behind its end nothing, the empty page says it. */
export function pager(path: string, query: Record<string, string>, total: number): Html {
  const at = pageOf(query.page);
  const last = Math.max(1, Math.ceil(total / linesAPage));
  if (at > last) return html``;
  const to = (page: number, text: string, isOpen: boolean) =>
    isOpen
      ? html`<a href="${link(path, query, { page: String(page) })}">${text}</a>`
      : html`<span class="quiet">${text}</span>`;
  return html`<nav class="pager" aria-label="翻页"><span>共${total}条，第${at}/${last}页</span> ${to(at - 1, '上一页', at > 1)} ${to(at + 1, '下一页', at < last)}</nav>`;
}
