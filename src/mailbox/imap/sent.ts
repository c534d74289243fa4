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
  const exists = await openSent(client);
  return exists > 0 && (await idsFrom(client, Math.max(1, exists - newest + 1))).includes(messageId);
}

/**
 * Message-IDs of all that lies in the mailbox's own Sent folder, with their brackets.
 *
 * @returns none where there is no such folder, or the server keeps no copies
 * @throws MailboxFailure
 */
export async function sentLetters({ client }: Session): Promise<Set<string>> {
  const exists = await openSent(client);
  return new Set(exists > 0 ? await idsFrom(client, 1) : []);
}

/** @returns how many mails it holds; 0 also where there is none */
async function openSent(client: ImapFlow): Promise<number> {
  const folder = await sentFolder(client);
  return folder === null ? 0 : (await examine(client, folder)).exists;
}

async function sentFolder(client: ImapFlow): Promise<string | null> {
  const listed = await client.list().catch((error: unknown) => {
    throw imapTrouble(error);
  });
  const isSent = ({ specialUse, name }: ListResponse) => specialUse === '\\Sent' || sentNames.test(name);
  return listed.find((each) => isSent(each) && !each.flags.has('\\Noselect'))?.path ?? null;
}

/** By the headers themselves: what NetEase's SEARCH HEADER answers is nowhere written. */
async function idsFrom(client: ImapFlow, first: number): Promise<string[]> {
  const found: string[] = [];
  try {
    for await (const { headers } of client.fetch(`${first}:*`, { headers: ['message-id'] }))
      found.push(...(headers?.toString('latin1').match(/<[^<>\s]+>/g) ?? []));
    return found;
  } catch (error) {
    throw imapTrouble(error);
  }
}
