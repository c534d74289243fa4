import { MailboxFailure } from '../failure.ts';
import type { PollResult } from '../mailbox.ts';
import { examine } from './connect.ts';
import { inbox } from './folders.ts';
import type { Session } from './line.ts';
import { uidsAbove } from './look.ts';
import { type Office, type OpenFolder, take } from './take.ts';

/** UIDs below the newest that the server would not hand over, by folder: tried again without fetching the others. */
export type Stuck = Map<string, Set<number>>;

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
      const isOneFolders = error instanceof MailboxFailure && error.trouble === 'refused' && folder !== inbox;
      if (!isOneFolders) throw error;
      result.troubles.push(error);
    }
  }
  return result;
}

async function pollFolder(session: Session, folder: string, account: string, office: Office, stuck: Stuck) {
  const { client } = session;
  const { exists, uidNext, uidValidity: validity } = await examine(client, folder);
  const open: OpenFolder = { client, account, folder, uidValidity: String(validity) };
  const cursor = await office.ledger.cursor(account, folder);
  const isSame = cursor?.uidValidity === open.uidValidity;
  if (cursor && !isSame) office.log.warn({ folder, was: cursor.uidValidity, is: open.uidValidity }, 'UIDVALIDITY');
  const last = isSame ? cursor.lastUid : 0;
  const hasNothing = exists === 0 || (uidNext > 0 && uidNext <= last + 1);
  const uids = hasNothing ? [] : await uidsAbove(client, last); // NetEase tells no UIDNEXT
  const advance = (uid: number) => office.ledger.advance(account, folder, open.uidValidity, uid);
  // A rebuilt ledger knows mails, but no cursor: they are not fetched all over again.
  const hasKnown = stuck.has(folder) || last === 0;
  const known = hasKnown ? await office.ledger.knownUids(account, folder, open.uidValidity) : new Set();
  const taken = await take(
    open,
    uids.filter((uid) => !known.has(uid)),
    office,
    advance,
  );
  if (taken.stuck.size > 0) stuck.set(folder, new Set(taken.stuck.keys()));
  else stuck.delete(folder);
  const end = uids.at(-1) ?? 0;
  if (taken.stuck.size === 0 && (known.size > 0 || !isSame)) await advance(Math.max(end, last));
  return taken;
}
