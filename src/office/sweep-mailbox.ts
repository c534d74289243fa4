import { foldersWithMail, noteBack, noteGone } from '../store/gone.ts';
import type { Office } from './office.ts';

/**
 * The wider look at the mailbox: fetches what a cursor missed, and notes which mails lie no more where they were met,
 * or lie there again. A folder that the server lists no more, or numbers anew, took all its places with it.
 *
 * @throws Failure while the mailbox cannot be read
 */
export async function sweepMailbox({ mailbox, db, journal, log }: Pick<Office, 'mailbox' | 'db' | 'journal' | 'log'>) {
  if (!mailbox) return;
  const { account } = mailbox;
  const { folders } = await mailbox.sweep();
  for (const { gone, folder, uidValidity, fetched } of folders) {
    if (fetched > 0) log.warn({ folder, fetched }, 'mails that polls had not seen');
    const place = { account, folder, uidValidity };
    await noteGone(db, journal, place, gone);
    await noteBack(db, journal, place, gone);
  }
  const listed = new Set(folders.map(nameOf));
  for (const { uids, ...place } of await foldersWithMail(db, account))
    if (!listed.has(nameOf(place))) await noteGone(db, journal, place, uids);
}

const nameOf = ({ folder, uidValidity }: { folder: string; uidValidity: string }) => `${uidValidity} ${folder}`;
