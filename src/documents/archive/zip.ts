import type { Entry as ZipEntry } from 'yauzl';
import type { Entry, RefusedEntry } from '../document.ts';
import { Unreadable } from '../unreadable.ts';
import { type Archive, openArchive } from './archive.ts';
import { entryPath, isLitter, isSafePath, shownPath } from './names.ts';

const maxListed = 5_000;
const maxFiles = 200;
const maxEntryBytes = 20e6;
const maxTotalBytes = 60e6;
const maxRatio = 200;

type Named = { path: string; entry: ZipEntry };

/**
 * The files of a zip, judged by the directory before anything is inflated. One bad entry is refused by name while the
 * others are returned; an archive whose every file needs a password is `encrypted` as a whole.
 *
 * @throws Unreadable `corrupt`, `empty`, `too_large` (more than 200 files), `encrypted`
 */
export async function readZip(bytes: Buffer): Promise<{ entries: Entry[]; refused: RefusedEntry[] }> {
  const archive = await openArchive(bytes, maxListed);
  const files = archive.entries
    .map((entry) => ({ path: entryPath(entry), entry }))
    .filter(({ path }) => !isLitter(path));
  if (files.length === 0) throw new Unreadable('empty', '压缩包里没有文件');
  if (files.length > maxFiles)
    throw new Unreadable('too_large', `压缩包里有 ${files.length} 个文件，超过 ${maxFiles} 个`);
  if (files.every(({ entry }) => entry.isEncrypted())) throw new Unreadable('encrypted', '压缩包设有密码');
  return unpack(archive, files);
}

async function unpack(archive: Archive, files: Named[]): Promise<{ entries: Entry[]; refused: RefusedEntry[] }> {
  const entries: Entry[] = [];
  const refused: RefusedEntry[] = [];
  const taken = new Set<string>();
  let room = maxTotalBytes;
  for (const file of files) {
    const path = unique(shownPath(file.path), taken);
    try {
      judge(file);
      const bytes = await archive.read(file.entry, Math.min(maxEntryBytes, room));
      room -= bytes.length;
      entries.push({ path, bytes });
    } catch (error) {
      if (!(error instanceof Unreadable)) throw error; // a fault of ours, not of this entry
      refused.push({ path, bytes: file.entry.uncompressedSize, reason: error.reason });
    }
  }
  return { entries, refused };
}

function judge({ path, entry }: Named): void {
  if (!isSafePath(path)) throw new Unreadable('unsafe', '文件名会跳出文件夹');
  if (isLink(entry)) throw new Unreadable('unsafe', '是链接，不是文件');
  if (!entry.isEncrypted() && entry.uncompressedSize > 1e6 && ratio(entry) > maxRatio)
    throw new Unreadable('too_large', `压缩比超过 ${maxRatio}`);
}

const ratio = (entry: ZipEntry) => entry.uncompressedSize / Math.max(entry.compressedSize, 1);

/** Unix makers keep the file's mode in the upper half of the external attributes; 0o120000 is a symbolic link. */
const isLink = (entry: ZipEntry) => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;

/** Two entries may bear one name, or come to bear one when shortened; each must stay tellable from the other. */
function unique(path: string, taken: Set<string>): string {
  let name = path;
  for (let turn = 2; taken.has(name); turn++) name = path.replace(/(\.[^./]*)?$/, ` (${turn})$1`);
  taken.add(name);
  return name;
}
