import type { FolderCount } from '../ledger.ts';
import type { SweepResult, SweptFolder } from '../mailbox.ts';
import { examine } from './connect.ts';
import { readableFolders } from './folders.ts';
import type { Office, OpenFolder } from './keep.ts';
import type { Session } from './line.ts';
import { allUids } from './look.ts';
import { take } from './take.ts';

/**
 * The wider look: the server's whole list against the ledger. Finds what a cursor cannot: a mail moved back into a
 * folder below the newest UID, months that appear when a clerk switches NetEase from 收取最近30天邮件 to 收取全部邮件.
 * Lists UIDs only: 0.7 ms of the server's time for 100,000 mails, where listing flags costs seconds.
 *
 * @throws MailboxFailure, Failure
 */
export async function sweepFolders(session: Session, account: string, office: Office): Promise<SweepResult> {
  session.folders = await readableFolders(session.client);
  const folders: SweptFolder[] = [];
  for (const folder of session.folders) folders.push(await sweepFolder(session, folder, account, office));
  return { folders };
}

async function sweepFolder(session: Session, folder: string, account: string, office: Office): Promise<SweptFolder> {
  const { client } = session;
  const { exists, uidValidity: validity } = await examine(client, folder);
  const open: OpenFolder = { client, account, folder, uidValidity: String(validity ?? 0) };
  const server = exists === 0 ? [] : await allUids(client);
  const known = await office.ledger.knownUids(account, folder, open.uidValidity);
  const taken = await take(
    open,
    server.filter((uid) => !known.has(uid)),
    office,
  );
  const listed = new Set(server);
  return {
    folder,
    uidValidity: open.uidValidity,
    server: server.length,
    known: server.filter((uid) => known.has(uid)).length,
    kept: taken.kept,
    fetched: taken.kept.length + taken.known + taken.passedOver,
    gone: [...known].filter((uid) => !listed.has(uid)),
    troubles: [...taken.stuck.values()],
  };
}

/** EXISTS of each folder: NetEase answers STATUS with nothing in it. */
export async function countFolders(session: Session): Promise<FolderCount[]> {
  session.folders = await readableFolders(session.client);
  const counts: FolderCount[] = [];
  for (const folder of session.folders) {
    const { exists, uidValidity } = await examine(session.client, folder);
    counts.push({ folder, uidValidity: String(uidValidity ?? 0), messages: exists });
  }
  return counts;
}
