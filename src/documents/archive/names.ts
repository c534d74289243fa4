import { crc32 } from 'node:zlib';
import yauzl, { type Entry } from 'yauzl';
import { decodeText } from '../../text/charset.ts';

const maxSegment = 120;

/** Signs that hide or turn what a name says: controls, zero width, and the right-to-left override (`gpj.exe` as `exe.jpg`). */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are the very thing taken out
const hiding = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/**
 * The name of a zip entry as its maker wrote it, `/` between folders. Chinese Windows writes GBK without saying so, and
 * a GBK sign may hold 0x5C, so bytes are decoded before any backslash is looked at (yauzl#84).
 */
export function entryPath(entry: Pick<Entry, 'fileNameRaw' | 'generalPurposeBitFlag' | 'extraFields'>): string {
  const raw = entry.fileNameRaw;
  const named = unicodePath(entry) ?? (entry.generalPurposeBitFlag & 0x800 ? utf8(raw) : null);
  return (named ?? decodeText(raw).text).replaceAll('\\', '/');
}

/** Info-ZIP's Unicode path (0x7075): counts only while its checksum still fits the raw name. */
function unicodePath(entry: Pick<Entry, 'fileNameRaw' | 'extraFields'>): string | null {
  const field = entry.extraFields.find((extra) => extra.id === 0x7075)?.data;
  if (!field || field.length < 6 || field[0] !== 1) return null;
  return field.readUInt32LE(1) === crc32(entry.fileNameRaw) ? utf8(field.subarray(5)) : null;
}

function utf8(bytes: Buffer): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return null; // the flag lies; the ladder of decodeText goes on
  }
}

/** False for names that would leave the folder (`../`, `/x`, `C:\x`) or that cut themselves short with a NUL. */
export function isSafePath(path: string): boolean {
  return !path.includes('\0') && yauzl.validateFileName(path) === null;
}

/** What operating systems and Office leave in a zip; nobody sent it on purpose. */
export function isLitter(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return (
    path.endsWith('/') ||
    /(^|\/)__MACOSX\//.test(path) ||
    /^(\.DS_Store|Thumbs\.db|desktop\.ini)$/i.test(name) ||
    /^(~\$|\._)/.test(name)
  );
}

/** The name as shown to people: hiding signs out, each segment at most 120 signs with its extension kept. */
export function shownPath(path: string): string {
  return path.replace(hiding, '').split('/').map(shorten).join('/') || '未命名文件';
}

function shorten(segment: string): string {
  const signs = [...segment];
  if (signs.length <= maxSegment) return segment;
  const extension = /\.[^.]{1,8}$/u.exec(segment)?.[0] ?? '';
  return signs.slice(0, maxSegment - extension.length).join('') + extension;
}
