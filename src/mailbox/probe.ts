import { probeFolder } from './folder/mailbox.ts';
import type { ConnectLimits } from './imap/connect.ts';
import type { Memory } from './imap/logins.ts';
import { type ImapFacts, probeImap } from './imap/probe.ts';
import type { FolderCount } from './ledger.ts';

/** What the doctor sees of a mailbox that can be read. */
export type MailboxFacts = {
  account: string;
  folders: FolderCount[];
  /** null for a folder of files */
  imap: Omit<ImapFacts, 'account' | 'folders'> | null;
};

/**
 * Tries a mailbox from end to end, for the doctor: connects, says who we are, logs in, opens each folder, leaves.
 *
 * @param memory where the office remembers refused logins: they count together
 * @throws MailboxFailure named by its trouble; Failure when the address or the folder cannot be read
 */
export async function probe(
  imapUrl: string,
  limits?: ConnectLimits,
  memory: Memory | null = null,
): Promise<MailboxFacts> {
  if (imapUrl.startsWith('file:')) return { ...(await probeFolder(imapUrl)), imap: null };
  const { account, folders, ...imap } = await probeImap(imapUrl, limits, memory);
  return { account, folders, imap };
}
