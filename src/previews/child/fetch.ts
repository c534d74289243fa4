import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import type { UnreadableReason } from '../../documents/document.ts';
import { readHere } from '../../documents/read-here.ts';
import type { NamedFile } from '../../documents/sniff/sniffed.ts';
import { readRaw } from '../../mailbox/raw-store.ts';
import { findAttachment } from '../../message/find-attachment.ts';
import type { EvidenceFile, MailPlace } from '../preview.ts';
import type { Task } from '../task.ts';

/** Why there is no file, in Chinese. */
export type Gone = { gone: string; why: UnreadableReason };

/** As for the reader that took the mail in. */
const maxBytes = 80e6;

/**
 * The file that a task speaks of, out of its mail or from disk.
 *
 * @throws Failure when the raw mail is gone or damaged
 */
export function fileAt(task: Task): Promise<NamedFile | Gone> {
  return task.what === 'original' ? attachmentAt(task.at) : evidence(task.file);
}

async function evidence({ name, sha256, at }: EvidenceFile): Promise<NamedFile | Gone> {
  const found = 'mail' in at ? await attachmentAt(at) : await onDisk(name, at.file);
  if ('gone' in found) return found;
  if (found.bytes.length > maxBytes) return tooLarge;
  const isTheSame = sha256 === null || createHash('sha256').update(found.bytes).digest('hex') === sha256;
  return isTheSame
    ? { name, bytes: found.bytes }
    : { gone: '取出的文件与登记的不一致，请重新处理这封邮件。', why: 'corrupt' };
}

async function attachmentAt({ mail, attachment, keys }: MailPlace): Promise<NamedFile | Gone> {
  const raw = await readRaw(mail.file, mail.sha256);
  const bytes = await findAttachment(raw, attachment, readHere, keys);
  if (!bytes) return { gone: '邮件里没有找到这个附件。', why: 'corrupt' };
  return { name: attachment.split('/').at(-1) ?? attachment, bytes };
}

async function onDisk(name: string, file: string): Promise<NamedFile | Gone> {
  return (await stat(file)).size > maxBytes ? tooLarge : { name, bytes: await readFile(file) };
}

const tooLarge: Gone = { gone: `文件超过 ${maxBytes / 1e6} MB，不能预览，请下载查看。`, why: 'too_large' };
