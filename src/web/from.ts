/**
 * The page of ours that a form was sent from, as path and query: what was looked at and filtered is come back to.
 *
 * @param referer as the browser tells it (our policy is `same-origin`, so a stranger's page is never named); checked anyway
 * @returns null when it is not told, or not ours
 */
export function cameFrom(referer: string | undefined, host: string | undefined): string | null {
  if (!referer || !URL.canParse(referer)) return null;
  const { host: its, pathname, search } = new URL(referer);
  return its === host && /^\/(?![/\\])/.test(pathname) ? `${pathname}${search}` : null;
}

/** That page again, without what was told or shown only once; `instead` when it was another page. */
export function backTo(from: string | null, instead: string): string {
  if (from === null || !URL.canParse(from, 'http://desk')) return instead;
  const { pathname, searchParams } = new URL(from, 'http://desk');
  if (pathname !== instead) return instead;
  for (const once of ['did', 'done', 'full']) searchParams.delete(once);
  return searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname;
}
