import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { failed, imapTrouble } from './trouble.ts';

/** A mail as a first light look shows it. `receivedAt`: INTERNALDATE, null where the server gives none. */
export type Seen = { uid: number; bytes: number; receivedAt: Date | null };

/**
 * UIDs above the last one, ascending. `n:*` names the newest mail even when it lies below n (RFC 3501 §6.4.8): what is
 * not above is dropped.
 */
export async function uidsAbove(client: ImapFlow, last: number): Promise<number[]> {
  return (await searched(client, { uid: `${last + 1}:*` })).filter((uid) => uid > last);
}

/** Every UID of the open folder, ascending. */
export const allUids = (client: ImapFlow) => searched(client, { all: true });

/** Those of the given UIDs that the server still lists. */
export const stillListed = (client: ImapFlow, uids: number[]) => searched(client, { uid: uids.join(',') });

async function searched(client: ImapFlow, query: { uid: string } | { all: true }): Promise<number[]> {
  const found = await client.search(query, { uid: true }).catch((error: unknown) => {
    throw imapTrouble(error);
  });
  // imapflow answers a refused or broken SEARCH with `false`, which must never read as "nothing new"
  if (!Array.isArray(found)) throw failed(client.usable ? 'refused' : 'dropped', 'UID SEARCH');
  return found.sort((a, b) => a - b);
}

/** Size and arrival of each; a mail expunged since is absent. */
export async function look(client: ImapFlow, uids: number[]): Promise<Seen[]> {
  const seen = await fetchEach(client, uids, { size: true, internalDate: true });
  return [...seen.values()].flatMap(({ uid, size, internalDate }) =>
    size === undefined ? [] : [{ uid, bytes: size, receivedAt: instant(internalDate) }],
  );
}

const instant = (date: Date | string | undefined) =>
  date instanceof Date && Number.isFinite(date.getTime()) ? date : null;

/**
 * FETCH with everything merged by UID: a server may tell of one mail in two answers, and of a mail nobody asked for
 * (a flag that a clerk just set).
 *
 * @throws MailboxFailure
 */
export async function fetchEach(
  client: ImapFlow,
  uids: number[],
  query: FetchQueryObject,
): Promise<Map<number, FetchMessageObject>> {
  const asked = new Set(uids);
  const found = new Map<number, FetchMessageObject>();
  try {
    for await (const told of client.fetch(uids.join(','), { uid: true, ...query }, { uid: true }))
      if (asked.has(told.uid)) found.set(told.uid, { ...found.get(told.uid), ...told });
  } catch (error) {
    throw imapTrouble(error);
  }
  return new Map([...found].sort(([a], [b]) => a - b));
}
