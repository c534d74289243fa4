import type { ReadFile } from '../documents/document.ts';
import { innerOf, openLimits } from './open.ts';
import { outlookAttachments } from './outlook.ts';
import { readAttachments } from './parse.ts';

type Found = { path: string; bytes: Buffer };

/**
 * One attachment of a raw mail, or one file out of its containers, by the path that `openAttachments` gave it. Opens
 * only the containers on the way.
 *
 * @param read the reader of single files
 * @param passwords those that the mail gives for its locked files
 * @returns its bytes; null when the mail has no such file, or its container did not hand it out
 */
export async function findAttachment(
  raw: Buffer,
  path: string,
  read: ReadFile,
  passwords: string[] = [],
): Promise<Buffer | null> {
  let level: Found[] = readAttachments(raw);
  for (let depth = 0; depth <= openLimits.depth; depth++) {
    const found = level.find((file) => file.path === path);
    if (found) return found.bytes;
    const container = level.find((file) => path.startsWith(`${file.path}/`));
    level = container ? await filesIn(container, read, passwords) : [];
  }
  return null;
}

async function filesIn({ path, bytes }: Found, read: ReadFile, passwords: string[]): Promise<Found[]> {
  const reading = await read({ name: path.split('/').at(-1) ?? path, bytes, passwords });
  if (reading.kind !== 'message') return innerOf({ path, reading, mail: null }, passwords).files;
  const attachments = reading.type === 'eml' ? readAttachments(bytes) : outlookAttachments(reading.mail.files);
  return innerOf({ path, reading, mail: { attachments } }, passwords).files;
}
