import type { ImapFlow } from 'imapflow';
import { machineNow } from '../../clock.ts';
import { MailboxFailure } from '../failure.ts';
import type { FolderCount } from '../ledger.ts';
import { type ImapAddress, readImapUrl } from './address.ts';
import { type ConnectLimits, connect, examine } from './connect.ts';
import { inbox } from './folders.ts';
import { countLogins, type Memory } from './logins.ts';
import { countFolders } from './sweep.ts';
import { failed, imapTrouble } from './trouble.ts';

/** What the doctor sees of a mailbox that can be read. */
export type ImapFacts = {
  account: string;
  host: string;
  greeting: string;
  hasIdle: boolean;
  folders: FolderCount[];
  /** INTERNALDATE of the oldest mail the server lists in INBOX; null: INBOX is empty. */
  oldest: Date | null;
  /** INTERNALDATE of the newest: the server's clock as of then. */
  newest: Date | null;
  /**
   * Nothing older than 31 days is listed: perhaps there is nothing, perhaps the mailbox is set to 收取最近30天邮件 and
   * hides older mail from every program.
   */
  perhapsOnlyRecent: boolean;
};

const windowMs = 31 * 86_400_000;

/**
 * Connects, says who we are, logs in, opens each folder for reading, and leaves. A refusal counts among those of the
 * office: whoever tries again and again by the doctor must not lock the account either.
 *
 * @param memory where refused logins are remembered; null while there is none
 * @throws MailboxFailure named by its trouble (`unreachable` when broken off); Failure (usage) when the address cannot
 *   be read
 */
export async function probeImap(
  imapUrl: string,
  limits?: ConnectLimits,
  memory: Memory | null = null,
): Promise<ImapFacts> {
  const address = readImapUrl(imapUrl);
  const logins = countLogins(address, memory);
  await logins.ask();
  try {
    return await look(address, await connect(address, limits));
  } catch (error) {
    if (limits?.signal?.aborted) throw failed('unreachable', 'no answer in time', error);
    if (error instanceof MailboxFailure) await logins.note(error);
    throw error;
  }
}

async function look({ account, host }: ImapAddress, client: ImapFlow): Promise<ImapFacts> {
  try {
    const hasIdle = client.capabilities.has('IDLE');
    const folders = await countFolders({ client, folders: [], hasIdle, idle: null, since: 0 });
    const { oldest, newest } = await endsOf(client);
    const perhapsOnlyRecent = oldest !== null && machineNow().getTime() - oldest.getTime() < windowMs;
    return { account, host, greeting: client.greeting ?? '', hasIdle, folders, oldest, newest, perhapsOnlyRecent };
  } finally {
    client.close();
  }
}

/** Sequence number 1 is the mail that has been in the folder longest, `*` the last that came. */
async function endsOf(client: ImapFlow): Promise<{ oldest: Date | null; newest: Date | null }> {
  const { exists } = await examine(client, inbox);
  if (exists === 0) return { oldest: null, newest: null };
  return { oldest: await arrivalOf(client, '1'), newest: await arrivalOf(client, '*') };
}

async function arrivalOf(client: ImapFlow, number: string): Promise<Date | null> {
  const mail = await client.fetchOne(number, { internalDate: true }).catch((error: unknown) => {
    throw imapTrouble(error);
  });
  return mail && mail.internalDate instanceof Date ? mail.internalDate : null;
}
