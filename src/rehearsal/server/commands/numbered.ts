import type { StoredMail } from '../mailboxes.ts';
import type { Session } from '../session.ts';

export type Numbered = { number: number; mail: StoredMail };

/** The mails of the open folder that the client was told of and that are still there, with their sequence numbers. */
export function numberedMails({ open }: Session): Numbered[] {
  if (!open) return [];
  const there = new Map(open.folder.mails.map((mail) => [mail.uid, mail]));
  return open.uids.flatMap((uid, index) => {
    const mail = there.get(uid);
    return mail ? [{ number: index + 1, mail }] : [];
  });
}
