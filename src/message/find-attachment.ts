import type { ReadFile } from '../documents/document.ts';
import { readerOf } from './divided.ts';
import { innerOf, mailIn, openLimits, passwordsWithin } from './open.ts';
import { readAttachments } from './parse.ts';
import type { MailWords } from './words.ts';

type Found = { path: string; bytes: Buffer; passwords: string[] };

/** What opens locked files: the passwords that the mail gives, and the words by which an attached mail's are found. */
export type Keys = { passwords: string[]; words: MailWords };

/**
 * One attachment of a raw mail, or one file out of its containers, by the path that `openAttachments` gave it. Opens
 * only the containers on the way.
 *
 * @param read the reader of single files
 * @param keys for what lies in containers
 * @returns its bytes; null when the mail has no such file, or its container did not hand it out
 */
export async function findAttachment(raw: Buffer, path: string, read: ReadFile, keys: Keys): Promise<Buffer | null> {
  let level: Found[] = readAttachments(raw).map(({ path, bytes }) => ({
    path,
    bytes,
    passwords: keys.passwords,
  }));
  for (let depth = 0; depth <= openLimits.depth; depth++) {
    const found = level.find((file) => file.path === path);
    if (found) return found.bytes;
    const container = level.findIndex((file) => path.startsWith(`${file.path}/`));
    level = container >= 0 ? await filesIn(level, container, read, keys.words) : [];
  }
  return null;
}

async function filesIn(level: Found[], at: number, read: ReadFile, words: MailWords): Promise<Found[]> {
  const file = level[at];
  if (!file) return [];
  const reading = await readerOf(level, read)(at);
  const opened = { path: file.path, reading, mail: mailIn(reading, file.bytes, words) };
  return innerOf(opened, passwordsWithin(opened, file.passwords, words)).files;
}
