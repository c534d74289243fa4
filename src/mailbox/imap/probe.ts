import type { ImapFlow } from 'imapflow';
import { machineNow } from '../../clock.ts';
import type { FolderCount } from '../ledger.ts';
import { readImapUrl } from './address.ts';
import { connect, examine } from './connect.ts';
import { inbox } from './folders.ts';
import { countFolders } from './sweep.ts';
import { imapTrouble } from './trouble.ts';

/** What the doctor sees of a mailbox that can be read. */
export type ImapFacts = {
  account: string;
  host: string;
  greeting: string;
  hasIdle: boolean;
  folders: FolderCount[];
  /** INTERNALDATE of the oldest mail the server lists in INBOX; null: INBOX is empty. */
  oldest: Date | null;
  /**
   * Nothing older than 31 days is listed: perhaps there is nothing, perhaps the mailbox is set to 收取最近30天邮件 and
   * hides older mail from every program.
   */
  perhapsOnlyRecent: boolean;
};

const windowMs = 31 * 86_400_000;

/**
 * Connects, says who we are, logs in, opens each folder for reading, and leaves.
 *
 * @throws MailboxFailure named by its trouble; Failure (usage) when the address cannot be read
 */
export async function probeImap(imapUrl: string): Promise<ImapFacts> {
  const address = readImapUrl(imapUrl);
  const client = await connect(address);
  try {
    const hasIdle = client.capabilities.has('IDLE');
    const folders = await countFolders({ client, folders: [], hasIdle, idle: null, since: 0 });
    const oldest = await oldestOf(client);
    const perhapsOnlyRecent = oldest !== null && machineNow().getTime() - oldest.getTime() < windowMs;
    const { account, host } = address;
    return { account, host, greeting: client.greeting ?? '', hasIdle, folders, oldest, perhapsOnlyRecent };
  } finally {
    client.close();
  }
}

/** Sequence number 1 is the mail that has been in the folder longest. */
async function oldestOf(client: ImapFlow): Promise<Date | null> {
  const { exists } = await examine(client, inbox);
  if (exists === 0) return null;
  const first = await client.fetchOne('1', { internalDate: true }).catch((error: unknown) => {
    throw imapTrouble(error);
  });
  return first && first.internalDate instanceof Date ? first.internalDate : null;
}
