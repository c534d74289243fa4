import type { Entry as ZipEntry } from 'yauzl';
import type { UnreadableReason } from '../document.ts';
import { Unreadable } from '../unreadable.ts';
import { type Archive, openArchive } from './archive.ts';
import { archiveLimits, countedFiles, judge, type Listed, type Unpacked, unique } from './guards.ts';
import { entryPath, shownPath } from './names.ts';

type ZipFile = Listed & { entry: ZipEntry };
type Outcome = { bytes: Buffer } | { reason: UnreadableReason };

/**
 * The files of a zip, judged by the directory before anything is inflated. One bad entry is refused by name while the
 * others are returned; an archive whose every file stays locked is `encrypted` as a whole.
 *
 * @param passwords those that the mail gives for locked files
 * @throws Unreadable `corrupt`, `empty`, `too_large` (more than 200 files), `encrypted`
 */
export async function readZip(bytes: Buffer, passwords: readonly string[] = []): Promise<Unpacked> {
  const archive = await openArchive(bytes, archiveLimits.listed);
  const files = countedFiles(archive.entries.map(zipFile));
  const outcomes = await plainFiles(archive, files);
  const closed = files.filter((file) => needsSeven(outcomes.get(file), passwords));
  if (closed.length > 0) await openClosed(archive, closed, passwords, outcomes);
  if (files.every((file) => reasonOf(outcomes.get(file)) === 'encrypted'))
    throw new Unreadable('encrypted', passwords.length === 0 ? '压缩包设有密码' : '压缩包设有密码，信里写的密码打不开');
  return sorted(files, outcomes);
}

const zipFile = (entry: ZipEntry): ZipFile => ({
  entry,
  path: entryPath(entry),
  bytes: entry.uncompressedSize,
  packed: entry.isEncrypted() ? null : entry.compressedSize,
  isLink: isLink(entry),
});

/** Unix makers keep the file's mode in the upper half of the external attributes; 0o120000 is a symbolic link. */
const isLink = (entry: ZipEntry) => ((entry.externalFileAttributes >>> 16) & 0o170000) === 0o120000;

async function plainFiles(archive: Archive, files: ZipFile[]): Promise<Map<ZipFile, Outcome>> {
  const outcomes = new Map<ZipFile, Outcome>();
  let room = archiveLimits.totalBytes;
  for (const file of files) {
    const outcome = await openFile(archive, file, Math.min(archiveLimits.entryBytes, room));
    if ('bytes' in outcome) room -= outcome.bytes.length;
    outcomes.set(file, outcome);
  }
  return outcomes;
}

async function openFile(archive: Archive, file: ZipFile, maxBytes: number): Promise<Outcome> {
  try {
    judge(file);
    return { bytes: await archive.read(file.entry, maxBytes) };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error; // a fault of ours, not of this entry
    return { reason: error.reason };
  }
}

const reasonOf = (outcome: Outcome | undefined) => (outcome && 'reason' in outcome ? outcome.reason : null);

/** 7-Zip knows passwords, and methods that zlib does not (Deflate64 of Windows, LZMA). */
function needsSeven(outcome: Outcome | undefined, passwords: readonly string[]): boolean {
  const reason = reasonOf(outcome);
  return reason === 'unsupported' || (reason === 'encrypted' && passwords.length > 0);
}

/** Gives 7-Zip a zip of these files alone, numbered: it loses names in GBK. */
async function openClosed(
  archive: Archive,
  files: ZipFile[],
  passwords: readonly string[],
  outcomes: Map<ZipFile, Outcome>,
): Promise<void> {
  const { zipOf } = await import('./zip-of.ts');
  const { readSeven } = await import('./seven/seven.ts');
  const stored = await Promise.all(
    files.map(async ({ entry }, index) => ({ name: `${index}`, entry, data: await archive.stored(entry) })),
  );
  try {
    const { entries, refused } = await readSeven({ name: '', bytes: zipOf(stored), volumes: [] }, passwords);
    for (const { path, bytes } of entries) setAt(outcomes, files[Number(path)], { bytes });
    for (const { path, reason } of refused) setAt(outcomes, files[Number(path)], { reason });
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    // all of them stay closed, each for its own reason
  }
}

function setAt(outcomes: Map<ZipFile, Outcome>, file: ZipFile | undefined, outcome: Outcome): void {
  if (file) outcomes.set(file, outcome);
}

function sorted(files: ZipFile[], outcomes: Map<ZipFile, Outcome>): Unpacked {
  const unpacked: Unpacked = { entries: [], refused: [] };
  const taken = new Set<string>();
  for (const file of files) {
    const path = unique(shownPath(file.path), taken);
    const outcome = outcomes.get(file) ?? { reason: 'corrupt' };
    if ('bytes' in outcome) unpacked.entries.push({ path, bytes: outcome.bytes });
    else unpacked.refused.push({ path, bytes: file.bytes, reason: outcome.reason });
  }
  return unpacked;
}
