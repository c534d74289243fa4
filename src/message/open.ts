import { createHash } from 'node:crypto';
import type { ReadFile, Reading, RefusedEntry } from '../documents/document.ts';
import { readerOf } from './divided.ts';
import type { Attachment, ParsedMail } from './mail.ts';
import { cleanPath, uniquePaths } from './names.ts';
import { outlookMail } from './outlook.ts';
import { parseMail } from './parse.ts';
import { passwordsIn } from './passwords.ts';
import type { MailWords } from './words.ts';

/** An attachment, or a file out of one, with what was read in it. */
export type OpenedFile = {
  /** `材料.zip/推荐表.docx`: the way to it from the mail; unique in the mail. */
  path: string;
  /** Empty for an entry that its container refused to unpack. */
  bytes: Buffer;
  /** Hex; null for an entry that was never unpacked. */
  sha256: string | null;
  reading: Reading;
  /** Path of the container it came out of; null for an attachment of the mail itself. */
  parent: string | null;
  inline: boolean;
  /** An attached mail taken apart: its text, links and sender are here, its attachments are files of their own. */
  mail: ParsedMail | null;
};

/** How much one mail may hold. Files inside files count; depth 3 is an entry of a zip in a zip in a zip. */
export const openLimits = { depth: 3, files: 500, bytes: 200 * 1024 * 1024 };

/** `passwords`: those given by the mail it came with. */
type Found = { path: string; bytes: Buffer; parent: string | null; inline: boolean; passwords: string[] };
type Spent = { files: number; bytes: number };
type Refused = Extract<Reading, { kind: 'unreadable' }>;

/**
 * Reads every attachment and opens what holds further files: archives, attached mails, each inside the other. Level by
 * level, each level in parallel (the reader's pool queues), so that limits fall on the same files in every run.
 *
 * @param read the reader of single files; never throws for what is in a file
 * @param said what the mail says (subject, text), where passwords of locked files stand
 * @returns containers and their files, depth first; what a limit left out is listed as unreadable (`too_large`)
 */
export async function openAttachments(
  attachments: Attachment[],
  read: ReadFile,
  words: MailWords,
  said: readonly string[] = [],
): Promise<OpenedFile[]> {
  const spent: Spent = { files: 0, bytes: 0 };
  const opened: OpenedFile[][] = [];
  const refused: OpenedFile[][] = [];
  const passwords = passwordsIn([...said, ...attachments.map(({ path }) => path)], words);
  let level: Found[] = attachments.map(({ path, bytes, inline }) => ({ path, bytes, inline, parent: null, passwords }));
  for (let depth = 0; level.length > 0; depth++) {
    const files = await openLevel(level, depth, spent, read, words);
    const inner = files.map((file, index) =>
      innerOf(file, passwordsWithin(file, level[index]?.passwords ?? [], words)),
    );
    opened.push(files);
    refused.push(...inner.map((each) => each.refused));
    level = inner.flatMap(({ files: found }) => found);
  }
  return depthFirst([...opened, ...refused].flat());
}

function openLevel(
  level: Found[],
  depth: number,
  spent: Spent,
  read: ReadFile,
  words: MailWords,
): Promise<OpenedFile[]> {
  const refusals = new Map(level.map((file) => [file, refusal(file, depth, spent)]));
  const allowed = level.filter((file) => !refusals.get(file));
  const readAt = readerOf(allowed, read);
  return Promise.all(
    level.map(async (file) => openedFile(file, refusals.get(file) ?? (await readAt(allowed.indexOf(file))), words)),
  );
}

function openedFile({ passwords, ...found }: Found, reading: Reading, words: MailWords): OpenedFile {
  const sha256 = createHash('sha256').update(found.bytes).digest('hex');
  return { ...found, sha256, reading, mail: mailIn(reading, found.bytes, words) };
}

/** The mail that a file is, taken apart; null for any other file. */
export function mailIn(reading: Reading, bytes: Buffer, words: MailWords): ParsedMail | null {
  if (reading.kind !== 'message') return null;
  return reading.type === 'eml' ? parseMail(bytes, words) : outlookMail(reading.mail, words);
}

/** Counts a file, or says which limit it is beyond. */
function refusal({ bytes }: Found, depth: number, spent: Spent): Refused | null {
  const tooLarge = (detail: string): Refused => ({ kind: 'unreadable', type: 'unknown', reason: 'too_large', detail });
  if (depth > openLimits.depth) return tooLarge(`nested deeper than ${openLimits.depth}`);
  if (spent.files >= openLimits.files) return tooLarge(`more than ${openLimits.files} files in one mail`);
  if (spent.bytes + bytes.length > openLimits.bytes) return tooLarge(`more than ${openLimits.bytes} bytes in one mail`);
  spent.files++;
  spent.bytes += bytes.length;
  return null;
}

/** An attached mail may give the passwords of what it brings; those of the mail around it hold as well. */
export const passwordsWithin = (
  { mail }: { mail: Pick<ParsedMail, 'text' | 'subject'> | null },
  outer: string[],
  words: MailWords,
) => (mail ? [...passwordsIn([mail.text, mail.subject], words), ...outer] : outer);

type Inner = { files: Found[]; refused: OpenedFile[] };

type Opened = Pick<OpenedFile, 'path' | 'reading'> & { mail: Pick<ParsedMail, 'attachments'> | null };

/** What came out of a file, under paths that are clean and unique beside each other. */
export function innerOf({ path: parent, reading, mail }: Opened, passwords: string[]): Inner {
  if (mail) {
    const files = mail.attachments.map(({ path, bytes, inline }) => ({
      path: `${parent}/${path}`,
      bytes,
      inline,
      parent,
      passwords,
    }));
    return { files, refused: [] };
  }
  if (reading.kind !== 'container') return { files: [], refused: [] };
  const { entries, refused } = reading;
  const paths = uniquePaths([...entries, ...refused].map(({ path }) => `${parent}/${cleanPath(path)}`));
  const pathAt = (index: number) => paths[index] ?? parent;
  return {
    files: entries.map(({ bytes }, index) => ({ path: pathAt(index), bytes, inline: false, parent, passwords })),
    refused: refused.map((entry, index) => refusedFile(entry, pathAt(entries.length + index), parent)),
  };
}

function refusedFile({ bytes, reason }: RefusedEntry, path: string, parent: string): OpenedFile {
  const detail = `refused by its container, ${bytes} bytes`;
  const reading: Reading = { kind: 'unreadable', type: 'unknown', reason, detail };
  return { path, bytes: Buffer.alloc(0), sha256: null, reading, parent, inline: false, mail: null };
}

/** Each container directly followed by what came out of it, in the container's order. */
function depthFirst(files: OpenedFile[]): OpenedFile[] {
  const children = new Map<string | null, OpenedFile[]>();
  for (const file of files) {
    const siblings = children.get(file.parent);
    if (siblings) siblings.push(file);
    else children.set(file.parent, [file]);
  }
  const walk = (parent: string | null): OpenedFile[] =>
    (children.get(parent) ?? []).flatMap((file) => [file, ...walk(file.path)]);
  return walk(null);
}
