import type { Entry, RefusedEntry } from '../document.ts';
import { Unreadable } from '../unreadable.ts';
import { isLitter, isSafePath } from './names.ts';

/** What came out of a container, and what was refused by name. */
export type Unpacked = { entries: Entry[]; refused: RefusedEntry[] };

/** A file as a container's directory lists it. `packed`: null where files are packed together. */
export type Listed = { path: string; bytes: number; packed: number | null; isLink: boolean };

/** How much one container may hold; more than `listed` names are not even read. */
export const archiveLimits = { listed: 5_000, files: 200, entryBytes: 20e6, totalBytes: 60e6, ratio: 200 };

/**
 * Leaves out litter and judges the number of what remains.
 * @throws Unreadable `empty`, `too_large`
 */
export function countedFiles<File extends { path: string }>(listed: File[]): File[] {
  const files = listed.filter(({ path }) => !isLitter(path));
  const { files: most } = archiveLimits;
  if (files.length === 0) throw new Unreadable('empty', '压缩包里没有文件');
  if (files.length > most) throw new Unreadable('too_large', `压缩包里有 ${files.length} 个文件，超过 ${most} 个`);
  return files;
}

/**
 * Judges one file by what the directory says, before a byte of it is unpacked.
 * @throws Unreadable `unsafe` (leaves the folder, is a link), `too_large` (bomb)
 */
export function judge({ path, bytes, packed, isLink }: Listed): void {
  if (!isSafePath(path)) throw new Unreadable('unsafe', '文件名会跳出文件夹');
  if (isLink) throw new Unreadable('unsafe', '是链接，不是文件');
  if (packed !== null && bytes > 1e6 && bytes / Math.max(packed, 1) > archiveLimits.ratio)
    throw new Unreadable('too_large', `压缩比超过 ${archiveLimits.ratio}`);
}

/** Two entries may bear one name, or come to bear one when shortened; each must stay tellable from the other. */
export function unique(path: string, taken: Set<string>): string {
  let name = path;
  for (let turn = 2; taken.has(name); turn++) name = path.replace(/(\.[^./]*)?$/, ` (${turn})$1`);
  taken.add(name);
  return name;
}
