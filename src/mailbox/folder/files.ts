import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machineNow } from '../../clock.ts';
import { Failure } from '../../errors.ts';

/** A mail in a file that nobody writes any more. `uid`: 48 bits of its content's hash. */
export type MailFile = { path: string; bytes: number; writtenAt: Date; changedAt: number; uid: number };

type Facts = Omit<MailFile, 'uid'>;

/** A file changed within this time may still be being written. */
const settledMs = 1_000;

/**
 * The .eml files of a folder, each content once; names that begin with a dot or end otherwise (.tmp, .part) are
 * somebody's unfinished work. Files that change just now are given a second to settle, so that a mail copied in a moment
 * ago is not overlooked by the only poll of `start --once`; what still changes then waits for the next look.
 *
 * @param seen what earlier looks found, by path: an unchanged file is not read again
 * @throws Failure (temporary) when the folder cannot be read
 */
export async function listMailFiles(dir: string, seen: Map<string, MailFile>): Promise<MailFile[]> {
  const mails = new Map<number, MailFile>();
  for (const file of await settledFiles(dir)) {
    const mail = await withUid(file, seen);
    if (!mails.has(mail.uid)) mails.set(mail.uid, mail);
  }
  return [...mails.values()];
}

async function settledFiles(dir: string): Promise<Facts[]> {
  const first = await factsOf(dir);
  if (!first.some(({ changedAt }) => machineNow().getTime() - changedAt < settledMs)) return first;
  await sleep(settledMs);
  const before = new Map(first.map((file) => [file.path, file]));
  return (await factsOf(dir)).filter((file) => isSame(file, before.get(file.path)));
}

async function factsOf(dir: string): Promise<Facts[]> {
  const names = await readdir(dir).catch((error: unknown) => {
    throw new Failure('temporary', `读不到邮件文件夹 ${dir}，请检查 IMAP_URL 里的路径和权限。`, String(error));
  });
  const files: Facts[] = [];
  for (const name of names.filter((each) => /^[^.].*\.eml$/i.test(each)).sort()) {
    const path = join(dir, name);
    const facts = await stat(path).catch(() => null); // taken away meanwhile
    if (facts?.isFile()) files.push({ path, bytes: facts.size, writtenAt: facts.mtime, changedAt: facts.ctimeMs });
  }
  return files;
}

const isSame = (file: Facts, other: Facts | undefined) =>
  other !== undefined && file.bytes === other.bytes && file.changedAt === other.changedAt;

async function withUid(file: Facts, seen: Map<string, MailFile>): Promise<MailFile> {
  const before = seen.get(file.path);
  if (before && isSame(file, before)) return before;
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file.path)) hash.update(chunk);
  const mail = { ...file, uid: hash.digest().readUIntBE(0, 6) };
  seen.set(file.path, mail);
  return mail;
}
