import type { FetchMessageObject, FetchQueryObject, ImapFlow } from 'imapflow';
import { MailboxFailure } from '../failure.ts';
import { failed, imapTrouble } from './trouble.ts';

/** A mail as a first light look shows it. `receivedAt`: INTERNALDATE, null where the server gives none. */
export type Seen = { uid: number; bytes: number; receivedAt: Date | null };

type Told = Map<number, FetchMessageObject>;
type Apart = { told: Told; refusal: MailboxFailure | null };

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
export async function stillListed(client: ImapFlow, uids: number[]): Promise<number[]> {
  return (await searched(client, { uid: uids.join(',') })).filter((uid) => uids.includes(uid));
}

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
  return uids.flatMap((uid) => {
    const { size, internalDate } = seen.get(uid) ?? {};
    return size === undefined ? [] : [{ uid, bytes: size, receivedAt: instant(internalDate) }];
  });
}

const instant = (date: Date | string | undefined) =>
  date instanceof Date && Number.isFinite(date.getTime()) ? date : null;

/**
 * FETCH with everything merged by UID: a server may tell of one mail in two answers, and of a mail nobody asked for
 * (a flag that a clerk just set). What an answer left out is asked for again while that brings more: some servers tell
 * of so many at a time and call it all. One mail that the server cannot read makes it refuse the whole command: then
 * the halves are asked for, and that mail alone stays absent.
 *
 * @param uids ascending
 * @throws MailboxFailure
 */
export async function fetchEach(client: ImapFlow, uids: number[], query: FetchQueryObject): Promise<Told> {
  const told: Told = new Map();
  for (let left = uids; left.length > 0; left = left.filter((uid) => !told.has(uid))) {
    const { told: more, refusal } = await fetchApart(client, left, query);
    if (refusal && uids.length > 1 && told.size + more.size === 0) throw refusal; // the server refuses everything
    if (more.size === 0) break;
    for (const entry of more) told.set(...entry);
  }
  return told;
}

async function fetchApart(client: ImapFlow, uids: number[], query: FetchQueryObject): Promise<Apart> {
  try {
    return { told: await fetchTogether(client, uids, query), refusal: null };
  } catch (error) {
    if (!(error instanceof MailboxFailure) || error.trouble !== 'refused' || !client.usable) throw error;
    if (uids.length === 1) return { told: new Map(), refusal: error };
    const middle = Math.ceil(uids.length / 2);
    const first = await fetchApart(client, uids.slice(0, middle), query);
    const second = await fetchApart(client, uids.slice(middle), query);
    return { told: new Map([...first.told, ...second.told]), refusal: first.refusal ?? second.refusal };
  }
}

async function fetchTogether(client: ImapFlow, uids: number[], query: FetchQueryObject): Promise<Told> {
  const asked = new Set(uids);
  const found: Told = new Map();
  try {
    for await (const told of client.fetch(uids.join(','), { uid: true, ...query }, { uid: true }))
      if (asked.has(told.uid)) found.set(told.uid, { ...found.get(told.uid), ...told });
  } catch (error) {
    throw imapTrouble(error);
  }
  return found;
}
