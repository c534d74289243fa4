/** One mail as the server keeps it. `seen` turns true only when a client reads it without PEEK: ours never may. */
export type StoredMail = { uid: number; raw: Buffer; receivedAt: Date; seen: boolean };

/** `mails` stand by rising uid. `use` is the flag of RFC 6154; the folders of NetEase's own making have none. */
export type Folder = { name: string; use: string | null; uidValidity: number; mails: StoredMail[] };

/** `lastUid` is the account's: a uid is never given twice, whichever folder it falls in. */
export type Mailboxes = { folders: Folder[]; lastUid: number };

/** Every account's folders. Only INBOX has the UIDVALIDITY 1 of the transcripts, the others have arbitrary ones. */
const standing: [name: string, use: string | null, uidValidity: number][] = [
  ['INBOX', null, 1],
  ['草稿箱', '\\Drafts', 2],
  ['已发送', '\\Sent', 1391142057],
  ['已删除', '\\Trash', 3],
  ['垃圾邮件', '\\Junk', 1391142058],
  ['病毒文件夹', null, 5],
  ['广告邮件', null, 1391142060],
  ['订阅邮件', null, 1391142061],
];

export const makeMailboxes = (): Mailboxes => ({
  folders: standing.map(([name, use, uidValidity]) => ({ name, use, uidValidity, mails: [] })),
  lastUid: 1_390_000_000,
});

/** @returns the folder, INBOX in any case (RFC 3501 §5.1), or undefined */
export const folderNamed = ({ folders }: Mailboxes, name: string): Folder | undefined =>
  folders.find((one) => one.name === (/^inbox$/i.test(name) ? 'INBOX' : name));

/**
 * Puts a mail at the end of a folder; a folder that is not there yet is one that staff made.
 *
 * @returns its uid
 */
export function store(boxes: Mailboxes, folder: string, raw: Buffer, receivedAt: Date): number {
  const uid = nextUid(boxes);
  const found = folderNamed(boxes, folder) ?? addFolder(boxes, folder);
  found.mails.push({ uid, raw, receivedAt, seen: false });
  return uid;
}

/**
 * What staff do in the web mail: the mail gets a new uid in its new folder.
 *
 * @returns the new uid
 * @throws when no folder holds the uid: a test's mistake
 */
export function moveMail(boxes: Mailboxes, uid: number, toFolder: string): number {
  for (const folder of boxes.folders) {
    const index = folder.mails.findIndex((one) => one.uid === uid);
    const [mail] = index < 0 ? [] : folder.mails.splice(index, 1);
    if (mail) return store(boxes, toFolder, mail.raw, mail.receivedAt);
  }
  throw new Error(`no mail with uid ${uid}`);
}

/** What a server does that was restored from a backup: the old uids mean nothing any more (RFC 3501 §2.3.1.1). */
export function changeUidValidity(boxes: Mailboxes, name: string): void {
  const folder = folderNamed(boxes, name);
  if (!folder) throw new Error(`no folder ${name}`);
  folder.uidValidity += 1;
  for (const mail of folder.mails) mail.uid = nextUid(boxes);
}

/** Uids rise with gaps, as NetEase's do. */
function nextUid(boxes: Mailboxes): number {
  boxes.lastUid += 1 + ((boxes.lastUid * 7) % 5);
  return boxes.lastUid;
}

function addFolder({ folders }: Mailboxes, name: string): Folder {
  const folder: Folder = { name, use: null, uidValidity: 1391142100 + folders.length, mails: [] };
  folders.push(folder);
  return folder;
}
