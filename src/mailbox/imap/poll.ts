import { MailboxFailure } from '../failure.ts';
import type { PollResult } from '../mailbox.ts';
import { examine } from './connect.ts';
import { inbox, readableFolders } from './folders.ts';
import type { Office, OpenFolder } from './keep.ts';
import type { Session } from './line.ts';
import { uidsAbove } from './look.ts';
import { take } from './take.ts';

/** Folders with a mail that the server would not hand over: tried again without fetching what came after it. */
export type Stuck = Set<string>;

/**
 * Looks for what is new in each folder and takes it.
 *
 * @throws MailboxFailure when INBOX cannot be read or the conversation breaks; another folder's refusal is one of the
 *   result's troubles
 */
export async function pollFolders(
  session: Session,
  folders: string[],
  account: string,
  office: Office,
  stuck: Stuck,
): Promise<PollResult> {
  const result: PollResult = { kept: [], known: 0, passedOver: 0, troubles: [] };
  for (const folder of folders) {
    try {
      const taken = await pollFolder(session, folder, account, office, stuck);
      result.kept.push(...taken.kept);
      result.known += taken.known;
      result.passedOver += taken.passedOver;
      result.troubles.push(...taken.stuck.values());
    } catch (error) {
      if (!(error instanceof MailboxFailure) || error.trouble !== 'refused' || folder === inbox) throw error;
      result.troubles.push(error);
      session.folders = await readableFolders(session.client); // a clerk may have deleted it
    }
  }
  return result;
}

async function pollFolder(session: Session, folder: string, account: string, office: Office, stuck: Stuck) {
  const { client } = session;
  const { exists, uidNext, uidValidity: validity } = await examine(client, folder);
  const open: OpenFolder = { client, account, folder, uidValidity: String(validity ?? 0) };
  const cursor = await office.ledger.cursor(account, folder);
  const isSame = cursor?.uidValidity === open.uidValidity;
  if (cursor && !isSame) office.log.warn({ folder, was: cursor.uidValidity, is: open.uidValidity }, 'UIDVALIDITY');
  const last = isSame ? cursor.lastUid : 0;
  const hasNothing = exists === 0 || (uidNext > 0 && uidNext <= last + 1);
  const uids = hasNothing ? [] : await uidsAbove(client, last); // NetEase tells no UIDNEXT
  const advance = (uid: number) => office.ledger.advance(account, folder, open.uidValidity, uid);
  const known = stuck.has(folder) ? await office.ledger.knownUids(account, folder, open.uidValidity) : new Set();
  const taken = await take(
    open,
    uids.filter((uid) => !known.has(uid)),
    office,
    advance,
  );
  if (taken.stuck.size > 0) stuck.add(folder);
  else if (stuck.delete(folder) || !isSame) await advance(uids.at(-1) ?? last);
  return taken;
}
