import { createReadStream, type FSWatcher, watch } from 'node:fs';
import { open } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { arrivalOf } from '../../message/received-at.ts';
import { readHead } from '../head.ts';
import type { FolderCount, ReceivedFrom } from '../ledger.ts';
import type { Mailbox, MailboxOptions, PollResult } from '../mailbox.ts';
import { listMailFiles, type MailFile } from './files.ts';

type Office = Omit<MailboxOptions, 'imapUrl'>;
type Dated = { file: MailFile; header: Buffer; receivedAt: Date; receivedFrom: ReceivedFrom };
type Look = PollResult & { files: MailFile[]; before: Set<number> };

const folder = 'INBOX';
const uidValidity = '1';
const headerBytes = 1_000_000;

/**
 * A folder of .eml files as a mailbox: exports of a mail program, sample mails. UIDs are made of the content, so that
 * each mail counts once whatever its file is called, also after a restart; the cursor only says that it was looked at.
 *
 * @param fileUrl `file:DIR`
 */
export function openFolderMailbox(fileUrl: string, office: Office): Mailbox {
  const { dir, account } = readFolderUrl(fileUrl);
  const seen = new Map<string, MailFile>();
  let turn: Promise<unknown> = Promise.resolve();
  const look = () => {
    const mine = turn.then(() => takeNew(dir, account, seen, office));
    turn = mine.catch(() => undefined); // told to whoever asked for that look
    return mine;
  };
  return {
    account,
    poll: async () => {
      const { kept, known, passedOver, troubles } = await look();
      return { kept, known, passedOver, troubles };
    },
    sweep: async () => ({ folders: [sweptFrom(await look())] }),
    count: async () => [{ folder, uidValidity, messages: (await listMailFiles(dir, seen)).length }],
    hasSentCopy: async () => false,
    sentLetters: async () => new Set(),
    waitForNews: (maxMs, signal) => waitForChange(dir, maxMs, signal),
    close: async () => undefined,
  };
}

function readFolderUrl(fileUrl: string) {
  const dir = fileUrl.startsWith('file://') ? fileURLToPath(fileUrl) : resolve(fileUrl.slice('file:'.length));
  return { dir, account: `file:${dir}` };
}

/** @throws Failure (temporary) when the folder cannot be read */
export async function probeFolder(fileUrl: string): Promise<{ account: string; folders: FolderCount[] }> {
  const { dir, account } = readFolderUrl(fileUrl);
  const { length } = await listMailFiles(dir, new Map());
  return { account, folders: [{ folder, uidValidity, messages: length }] };
}

async function takeNew(dir: string, account: string, seen: Map<string, MailFile>, office: Office): Promise<Look> {
  const files = await listMailFiles(dir, seen);
  const before = await office.ledger.knownUids(account, folder, uidValidity);
  const found: Look = { kept: [], known: 0, passedOver: 0, troubles: [], files, before };
  const dated: Dated[] = [];
  for (const file of files) if (!before.has(file.uid)) dated.push(await withArrival(file));
  dated.sort((a, b) => a.receivedAt.getTime() - b.receivedAt.getTime());
  for (const mail of dated) await takeOne(mail, account, office, found);
  if (!(await office.ledger.cursor(account, folder))) await office.ledger.advance(account, folder, uidValidity, 0);
  return found;
}

async function takeOne(
  { file, header, receivedAt, receivedFrom }: Dated,
  account: string,
  office: Office,
  found: Look,
) {
  const place = { account, folder, uidValidity, uid: file.uid };
  if (receivedAt < office.opens) {
    await office.ledger.passOver([{ place, receivedAt, head: readHead(header), bytes: file.bytes }]);
    found.passedOver += 1;
    return;
  }
  const raw = await office.rawStore.keep(createReadStream(file.path));
  for (const { message, isNew } of await office.ledger.keep([{ place, receivedAt, receivedFrom, raw }])) {
    if (isNew) found.kept.push(message);
    else found.known += 1;
  }
}

/** The date of the topmost Received header, else the file's own; never the sender's Date. */
async function withArrival(file: MailFile): Promise<Dated> {
  const handle = await open(file.path);
  try {
    const header = Buffer.alloc(Math.min(file.bytes, headerBytes));
    const { bytesRead } = await handle.read(header, 0, header.length, 0);
    const told = arrivalOf(header.subarray(0, bytesRead));
    return told
      ? { file, header, receivedAt: told, receivedFrom: 'received_header' }
      : { file, header, receivedAt: file.writtenAt, receivedFrom: 'file_time' };
  } finally {
    await handle.close();
  }
}

function sweptFrom({ files, before, kept, known, passedOver, troubles }: Look) {
  const there = new Set(files.map(({ uid }) => uid));
  return {
    folder,
    uidValidity,
    server: files.length,
    known: files.filter(({ uid }) => before.has(uid)).length,
    fetched: kept.length + known + passedOver,
    kept,
    gone: [...before].filter((uid) => !there.has(uid)),
    troubles,
  };
}

/** The file system tells of changes at once where it can; on network drives the time limit does. */
function waitForChange(dir: string, maxMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    let watcher: FSWatcher | null = null;
    const finish = () => {
      clearTimeout(timer);
      watcher?.close();
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const timer = setTimeout(finish, maxMs);
    signal.addEventListener('abort', finish);
    if (signal.aborted) return finish();
    try {
      watcher = watch(dir, finish);
      watcher.on('error', () => undefined); // the folder went away: the next poll says so
    } catch {
      // no such folder, or no watching there: the next poll says so, or the time limit does
    }
  });
}
