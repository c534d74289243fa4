import { decodeText } from '../../text/charset.ts';
import type { UnreadableReason } from '../document.ts';
import { Unreadable } from '../unreadable.ts';
import { archiveLimits, countedFiles, judge, type Listed, type Unpacked, unique } from './guards.ts';
import { shownPath } from './names.ts';

/** `content`: null where the file ends before it does. */
type TarFile = Listed & { content: Buffer | null };
type Header = { name: Buffer; bytes: number; type: string };

const block = 512;
const longName = 'L';
const facts = 'x';
const folder = '5';
/** A file's own kinds: today's, that of 1979, and "contiguous", which nobody treats differently. */
const plain = ['0', '\0', '7'];
/** Facts about what follows: GNU's long link target, facts for all (pax), a volume's label. */
const passedOver = ['K', 'g', 'V'];

/** A header's checksum fits, which no other file's first 512 bytes do; the word `ustar` is missing in old ones. */
export function isTar(bytes: Buffer): boolean {
  if (bytes.length < block || bytes[0] === 0) return false;
  const told = number(bytes.subarray(148, 156));
  const signs = bytes.subarray(0, block).reduce((sum, byte, at) => sum + (at >= 148 && at < 156 ? 0x20 : byte), 0);
  return told === signs;
}

/**
 * The files of a tar, judged like those of a zip. Own reader because the packages give names as UTF-8 alone, and
 * Chinese programs write GBK.
 *
 * @throws Unreadable `corrupt`, `empty`, `too_large` (files)
 */
export async function readTar(bytes: Buffer): Promise<Unpacked> {
  const files = countedFiles(listed(bytes));
  const unpacked: Unpacked = { entries: [], refused: [] };
  const taken = new Set<string>();
  let room = archiveLimits.totalBytes;
  for (const file of files) {
    const path = unique(shownPath(file.path), taken);
    const reason = refusal(file, Math.min(room, archiveLimits.entryBytes));
    if (reason !== null || file.content === null)
      unpacked.refused.push({ path, bytes: file.bytes, reason: reason ?? 'corrupt' });
    else {
      unpacked.entries.push({ path, bytes: file.content });
      room -= file.bytes;
    }
  }
  return unpacked;
}

function refusal(file: TarFile, maxBytes: number): UnreadableReason | null {
  try {
    judge(file);
    return file.bytes > maxBytes ? 'too_large' : null;
  } catch (error) {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  }
}

function listed(bytes: Buffer): TarFile[] {
  const files: TarFile[] = [];
  let named: Buffer | null = null;
  for (let at = 0; isTar(bytes.subarray(at)); ) {
    const { name, bytes: length, type } = headerAt(bytes, at);
    const content = bytes.subarray(at + block, at + block + length);
    at += block + Math.ceil(length / block) * block;
    if (type === longName) named = withoutPadding(content);
    else if (type === facts) named = pathIn(content) ?? named;
    else if (!passedOver.includes(type)) {
      if (type !== folder) files.push(fileOf(named ?? name, length, type, content));
      named = null;
    }
    if (files.length > archiveLimits.listed) throw new Unreadable('too_large', '压缩包里的文件太多');
  }
  return files;
}

const fileOf = (name: Buffer, bytes: number, type: string, content: Buffer): TarFile => ({
  path: decodeText(name).text.replaceAll('\\', '/'),
  bytes,
  packed: null,
  isLink: !plain.includes(type), // devices and pipes are no files either
  content: content.length === bytes ? content : null,
});

function headerAt(bytes: Buffer, at: number): Header {
  const field = (from: number, to: number) => bytes.subarray(at + from, at + to);
  const isPosix = field(257, 263).toString('latin1') === 'ustar\0';
  const prefix = isPosix ? withoutPadding(field(345, 500)) : Buffer.alloc(0);
  const own = withoutPadding(field(0, 100));
  return {
    name: prefix.length > 0 ? Buffer.concat([prefix, Buffer.from('/'), own]) : own,
    bytes: number(field(124, 136)),
    type: field(156, 157).toString('latin1'),
  };
}

function withoutPadding(bytes: Buffer): Buffer {
  const end = bytes.indexOf(0);
  return end < 0 ? bytes : bytes.subarray(0, end);
}

/** Octal digits; GNU's binary form, marked by the top bit, for sizes that no mail has, reads as too large. */
function number(field: Buffer): number {
  if (((field[0] ?? 0) & 0x80) !== 0) return Number.MAX_SAFE_INTEGER;
  const signs = /^[ \0]*([0-7]*)/.exec(field.toString('latin1'))?.[1] ?? '';
  return signs === '' ? 0 : Number.parseInt(signs, 8);
}

/** `38 path=材料/推荐表.doc\n`: pax gives the length of each line before it. */
function pathIn(content: Buffer): Buffer | null {
  for (let at = 0; at < content.length; ) {
    const [whole = '', length = '0'] = /^(\d{1,9}) /.exec(content.toString('latin1', at, at + 10)) ?? [];
    const end = at + Number(length);
    if (Number(length) <= whole.length || end > content.length) return null;
    const line = content.subarray(at + whole.length, end - 1);
    if (line.toString('latin1', 0, 5) === 'path=') return line.subarray(5);
    at = end;
  }
  return null;
}
