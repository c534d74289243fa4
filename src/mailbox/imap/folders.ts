import type { ImapFlow, ListResponse } from 'imapflow';
import { imapTrouble } from './trouble.ts';

export const inbox = 'INBOX';

/** Where filters put what was meant for the office: NetEase's own folders (imapflow decodes UTF-7), QQ's, and the usual. */
const filtered = /^(?:垃圾邮件|垃圾箱|广告邮件|订阅邮件|病毒文件夹|病毒邮件|junk|junk e-?mail|spam|bulk mail|bulk)$/i;
const never = ['\\Sent', '\\Drafts', '\\Trash', '\\All', '\\Archive', '\\Flagged'];

/**
 * The folders to read, INBOX first: an application in the junk folder is an application.
 *
 * @throws MailboxFailure
 */
export async function readableFolders(client: ImapFlow): Promise<string[]> {
  const listed = await client.list().catch((error: unknown) => {
    throw imapTrouble(error);
  });
  const others = listed.filter(isFiltered).map(({ path }) => path);
  return [inbox, ...others.filter((path) => path.toUpperCase() !== inbox)];
}

function isFiltered({ name, flags, specialUse }: ListResponse): boolean {
  if (flags.has('\\Noselect') || never.includes(specialUse ?? '')) return false;
  return specialUse === '\\Junk' || filtered.test(name);
}
