import type { ImapFlow, MailboxObject } from 'imapflow';
import { MailboxFailure } from '../failure.ts';
import type { PollResult } from '../mailbox.ts';
import { examine, standing, stayIn } from './connect.ts';
import { inbox, readableFolders } from './folders.ts';
import type { Office, OpenFolder, Taken } from './keep.ts';
import type { Session } from './line.ts';
import { uidsAbove } from './look.ts';
import { take } from './take.ts';

/**
 * Folders that the last look into them did not read to the end, with what was wrong: a mail that the server would not
 * hand over is tried again without fetching what came after it. A look into INBOX alone ends no other folder's trouble.
 */
export type Stuck = Map<string, MailboxFailure[]>;

/** What a poll needs beside the connection. */
export type Polling = { account: string; office: Office; stuck: Stuck };

/**
 * Looks for what is new in each folder and takes it.
 *
 * @throws MailboxFailure when INBOX cannot be read or the conversation breaks; another folder's refusal is one of the
 *   result's troubles
 */
export async function pollFolders(session: Session, folders: string[], polling: Polling): Promise<PollResult> {
  const { stuck } = polling;
  for (const folder of stuck.keys()) if (!session.folders.includes(folder)) stuck.delete(folder);
  const result = { kept: [] as number[], known: 0, passedOver: 0 };
  for (const folder of folders) {
    try {
      const opened = await openToPoll(session, folder, polling);
      if (!opened) continue;
      const taken = await pollFolder(session.client, opened, polling);
      result.kept.push(...taken.kept);
      result.known += taken.known;
      result.passedOver += taken.passedOver;
    } catch (error) {
      if (!(error instanceof MailboxFailure) || error.trouble !== 'refused' || folder === inbox) throw error;
      stuck.set(folder, [error]);
      session.folders = await readableFolders(session.client); // a clerk may have deleted it
    }
  }
  return { ...result, troubles: [...stuck.values()].flat() };
}

/**
 * Opens a folder as far as that is needed. A server with IDLE tells an open INBOX its news on NOOP (RFC 3501 §6.1.2);
 * NetEase, which has none, is asked to open it anew. Another folder stays closed where nothing came into it.
 */
async function openToPoll(
  { client, hasIdle }: Session,
  folder: string,
  polling: Polling,
): Promise<MailboxObject | null> {
  if (!hasIdle) return examine(client, folder);
  if (folder !== inbox) return (await hasNothingNew(client, folder, polling)) ? null : examine(client, folder);
  await client.noop();
  return stayIn(client, folder);
}

async function hasNothingNew(client: ImapFlow, folder: string, { account, office, stuck }: Polling): Promise<boolean> {
  const now = stuck.has(folder) ? null : await standing(client, folder);
  const cursor = now && (await office.ledger.cursor(account, folder));
  return now !== null && cursor?.uidValidity === now.uidValidity && now.uidNext <= cursor.lastUid + 1;
}

/** Only INBOX, which IDLE has had open: news came. Throws like `pollFolders`. */
export async function pollNews({ client }: Session, polling: Polling): Promise<PollResult> {
  const { kept, known, passedOver } = await pollFolder(client, await stayIn(client, inbox), polling);
  return { kept, known, passedOver, troubles: [...polling.stuck.values()].flat() };
}

async function pollFolder(client: ImapFlow, opened: MailboxObject, polling: Polling): Promise<Taken> {
  const { account, office, stuck } = polling;
  const { path: folder, exists, uidNext } = opened;
  const open: OpenFolder = { client, account, folder, uidValidity: String(opened.uidValidity ?? 0) };
  const cursor = await office.ledger.cursor(account, folder);
  const isSame = cursor?.uidValidity === open.uidValidity;
  if (cursor && !isSame) office.log.warn({ folder, was: cursor.uidValidity, is: open.uidValidity }, 'UIDVALIDITY');
  const last = isSame ? cursor.lastUid : 0;
  const hasNothing = exists === 0 || (uidNext > 0 && uidNext <= last + 1);
  const uids = hasNothing ? [] : await uidsAbove(client, last); // NetEase tells no UIDNEXT
  // A server that goes back and forth between two numberings, and a rebuilt ledger, which knows mails but no cursor,
  // must not have all fetched again.
  const mayKnow = stuck.has(folder) || last === 0;
  const known = mayKnow ? await office.ledger.knownUids(account, folder, open.uidValidity) : new Set();
  const unknown = uids.filter((uid) => !known.has(uid));
  const advance = (uid: number) => office.ledger.advance(account, folder, open.uidValidity, uid);
  const taken = await take(open, unknown, office, advance);
  if (taken.stuck.size > 0) stuck.set(folder, [...taken.stuck.values()]);
  else if (stuck.delete(folder) || !isSame || known.size > 0) await advance(uids.at(-1) ?? last);
  return taken;
}
