import type { UnreadableReason } from '../../document.ts';
import { corrupt, Unreadable } from '../../unreadable.ts';
import { archiveLimits, countedFiles, judge, type Unpacked, unique } from '../guards.ts';
import { shownPath } from '../names.ts';
import { type Listing, readListing, type SevenFile } from './listing.ts';
import { type Divisible, type Run, runSeven } from './run.ts';

/** A file packed together with others comes out only after all before it: so much may be unpacked on the way. */
const maxSolidBytes = 4 * archiveLimits.totalBytes;
const wrongPassword = /wrong password|cannot open encrypted/i;

/**
 * The files of a rar (version 4 or 5) or 7z, judged by the listing before anything is unpacked. One bad entry is
 * refused by name while the others are returned.
 *
 * @param passwords those that the mail gives, tried in this order after none
 * @throws Unreadable `encrypted` (as a whole), `archive_part`, `empty`, `too_large`, `corrupt`
 */
export async function readSeven(archive: Divisible, passwords: readonly string[]): Promise<Unpacked> {
  const { listing, password } = await list(archive, ['', ...passwords]);
  const files = countedFiles(listing.files);
  if (files.every(({ isSplit }) => isSplit)) throw new Unreadable('archive_part', '分卷压缩包的一卷');
  if (listing.isSolid && sum(listing.files) > maxSolidBytes)
    throw new Unreadable('too_large', `解开途中要经过 ${Math.ceil(sum(listing.files) / 1e6)} MB`);
  const key = (await fittingPassword(archive, files, [...new Set([password, ...passwords])])) ?? password;
  const unpacked = await unpack(archive, files, key);
  const reasons = new Set(unpacked.refused.map(({ reason }) => reason));
  const [only] = reasons;
  if (unpacked.entries.length === 0 && reasons.size === 1 && (only === 'encrypted' || only === 'corrupt'))
    throw new Unreadable(only, only === 'encrypted' ? lockedDetail(passwords) : '压缩包里没有一个文件解得开');
  return unpacked;
}

const lockedDetail = (passwords: readonly string[]) =>
  passwords.length === 0 ? '压缩包设有密码' : '压缩包设有密码，信里写的密码打不开';
const lengthOf = ({ bytes, volumes }: Divisible) => volumes.reduce((sum, { length }) => sum + length, bytes.length);
const sum = (files: SevenFile[]) => files.reduce((total, { bytes }) => total + (bytes ?? 0), 0);

/** Some archives hide even their names behind the password. */
async function list(archive: Divisible, passwords: string[]): Promise<{ listing: Listing; password: string }> {
  for (const password of passwords) {
    const run = await runSeven(archive, ['l', '-slt', `-p${password}`]);
    if (run.complaints.some((line) => wrongPassword.test(line))) continue;
    const listing = readListing(run.printed);
    if (listing.files.length === 0 && run.code !== 0)
      throw run.printed.concat(run.complaints).some((line) => /missing volume/i.test(line))
        ? new Unreadable('archive_part', '分卷压缩包的一卷')
        : corrupt('压缩包打不开，文件可能没有传完', run.complaints.join(' ').slice(0, 300));
    return { listing, password };
  }
  throw new Unreadable('encrypted', lockedDetail(passwords.slice(1)));
}

/** The first that opens the smallest locked file; null when none does, or nothing is locked. */
async function fittingPassword(archive: Divisible, files: SevenFile[], passwords: string[]): Promise<string | null> {
  const [smallest] = files.filter(({ isEncrypted }) => isEncrypted).sort((a, b) => (a.bytes ?? 0) - (b.bytes ?? 0));
  if (!smallest || (smallest.bytes ?? Number.POSITIVE_INFINITY) > archiveLimits.entryBytes) return null;
  for (const password of passwords.filter(Boolean)) {
    const { code } = await runSeven(archive, ['t', `-p${password}`, ...only], { list: listFile([smallest]) });
    if (code === 0) return password;
  }
  return null;
}

/** `-spd`: a `*` in a name is a sign like any other. */
const only = ['-spd', '-i@/list'];
const listFile = (files: SevenFile[]) => Buffer.from(files.map(({ name }) => name).join('\n'));

async function unpack(archive: Divisible, files: SevenFile[], password: string): Promise<Unpacked> {
  const refusals = refusalsOf(files, lengthOf(archive), password);
  const wanted = files.filter((file) => !refusals.has(file));
  const run =
    wanted.length > 0
      ? await runSeven(archive, ['x', '-o/out', `-p${password}`, ...only], { list: listFile(wanted) })
      : null;
  const unpacked: Unpacked = { entries: [], refused: [] };
  const taken = new Set<string>();
  for (const file of files) {
    const path = unique(shownPath(file.path), taken);
    const content = run && !refusals.has(file) ? outOf(run, file) : null;
    if (Buffer.isBuffer(content)) unpacked.entries.push({ path, bytes: content });
    else unpacked.refused.push({ path, bytes: file.bytes ?? 0, reason: refusals.get(file) ?? content ?? 'corrupt' });
  }
  return unpacked;
}

/** Whom the listing already condemns. The room is shared out in the archive's order. */
function refusalsOf(files: SevenFile[], archiveBytes: number, password: string): Map<SevenFile, UnreadableReason> {
  let room = archiveLimits.totalBytes;
  return new Map(
    files.flatMap((file) => {
      const refusal = refusalOf(file, archiveBytes, Math.min(room, archiveLimits.entryBytes), password);
      if (refusal === null) room -= file.bytes ?? 0;
      return refusal === null ? [] : [[file, refusal] as const];
    }),
  );
}

function refusalOf(file: SevenFile, archiveBytes: number, maxBytes: number, password: string): UnreadableReason | null {
  try {
    judge({ ...file, bytes: file.bytes ?? 0, packed: file.packed ?? archiveBytes });
  } catch (error) {
    if (error instanceof Unreadable) return error.reason;
    throw error;
  }
  if (file.isSplit) return 'archive_part';
  if (file.isEncrypted && password === '') return 'encrypted';
  return file.bytes === null || file.bytes > maxBytes ? 'too_large' : null;
}

/** A file of the right length of which 7-Zip did not complain, or why it is none. */
function outOf({ complaints, fs }: Run, { name, bytes }: SevenFile): Buffer | UnreadableReason {
  const complaint = complaints.find((line) => line.startsWith('ERROR: ') && line.endsWith(` : ${name}`));
  if (complaint)
    return wrongPassword.test(complaint) ? 'encrypted' : unsupported.test(complaint) ? 'unsupported' : 'corrupt';
  const path = `/out/${name}`;
  try {
    const { buffer, byteOffset, length } = fs.readFile(path);
    const content = Buffer.from(buffer, byteOffset, length);
    fs.unlink(path);
    return content.length === bytes ? content : 'corrupt';
  } catch {
    return 'corrupt'; // not there: 7-Zip wrote it under another name, or not at all
  }
}

const unsupported = /unsupported|not implemented/i;
