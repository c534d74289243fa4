import type { ImapFlow, ListResponse } from 'imapflow';
import { examine } from './connect.ts';
import type { Session } from './line.ts';
import { imapTrouble } from './trouble.ts';

/** NetEase, QQ and most others lay a copy of what went out by SMTP here by themselves. */
const sentNames = /^(?:已发送|已发送邮件|已发邮件|sent|sent (?:items|mail|messages))$/i;
/** What is looked for left minutes ago. */
const newest = 100;

/**
 * Whether a letter lies in the mailbox's own Sent folder.
 *
 * @param messageId with its brackets
 * @returns false also where there is no such folder, or the server keeps no copies
 * @throws MailboxFailure
 */
export async function hasSentCopy({ client }: Session, messageId: string): Promise<boolean> {
  const folder = await sentFolder(client);
  if (folder === null) return false;
  const { exists } = await examine(client, folder);
  return exists > 0 && (await newestIds(client, exists)).includes(messageId);
}

async function sentFolder(client: ImapFlow): Promise<string | null> {
  const listed = await client.list().catch((error: unknown) => {
    throw imapTrouble(error);
  });
  const isSent = ({ specialUse, name }: ListResponse) => specialUse === '\\Sent' || sentNames.test(name);
  return listed.find((each) => isSent(each) && !each.flags.has('\\Noselect'))?.path ?? null;
}

/** By the headers themselves: what NetEase's SEARCH HEADER answers is nowhere written. */
async function newestIds(client: ImapFlow, exists: number): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const { headers } of client.fetch(`${Math.max(1, exists - newest + 1)}:*`, { headers: ['message-id'] }))
      found.push(...(headers?.toString('latin1').match(/<[^<>\s]+>/g) ?? []));
    return found;
  } catch (error) {
    throw imapTrouble(error);
  }
}
