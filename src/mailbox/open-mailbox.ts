import { openFolderMailbox } from './folder/mailbox.ts';
import { openImapMailbox } from './imap/mailbox.ts';
import type { Mailbox, MailboxOptions } from './mailbox.ts';

/** @throws Failure (usage) when the address cannot be read; nothing is connected yet */
export function openMailbox({ imapUrl, memory, ...office }: MailboxOptions): Mailbox {
  if (imapUrl.startsWith('file:')) return openFolderMailbox(imapUrl, office);
  return openImapMailbox(imapUrl, office, memory ?? null);
}
