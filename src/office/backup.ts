import { createHash } from 'node:crypto';
import { mkdirSync, realpathSync } from 'node:fs';
import { open, readFile, rename, stat } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { machineNow, officeClock } from '../clock.ts';
import { Failure } from '../errors.ts';
import { openRawStore, type RawStore } from '../mailbox/raw-store.ts';
import { journalFiles, journalFolder, openJournal } from '../store/journal.ts';

/** What a backup holds now, and what this one added. `damaged`: raw mails that the office itself cannot read any more. */
export type Backup = { mails: number; copied: number; copiedBytes: number; entries: number; damaged: string[] };

/**
 * Copies journal and raw mails, which is all that `rebuild` needs. May run while the office works: first the journal up
 * to a point, then every raw file it names, for a mail lies on disk before the journal tells of it. Into a folder that
 * holds an earlier backup of the same office only what is new is written.
 *
 * @throws Failure when the folder lies in DATA_DIR, holds the backup of another office, or cannot be written
 */
export async function backUp(dataDir: string, folder: string): Promise<Backup> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  if (!relative(realpathSync(dataDir), realpathSync(folder)).startsWith('..'))
    throw new Failure('usage', '备份文件夹不能放在数据目录里面，请换一个位置，最好是另一块磁盘');
  const files = await readWhole(journalFolder(dataDir));
  await refuseOther(files, journalFolder(folder));
  mkdirSync(journalFolder(folder), { recursive: true, mode: 0o700 });
  for (const { name, bytes } of files) await writeSafely(journalFolder(folder), name, bytes);
  const backup = await copyMails(await openRawStore(dataDir), folder);
  await writeSafely(folder, 'manifest.json', manifestOf(files, backup));
  return backup;
}

type JournalFile = { name: string; bytes: Buffer };

/** The journal's whole lines; what is being written this moment is the next backup's. */
async function readWhole(folder: string): Promise<JournalFile[]> {
  const files: JournalFile[] = [];
  for (const name of journalFiles(folder)) {
    const bytes = await readFile(join(folder, name));
    files.push({ name, bytes: bytes.subarray(0, bytes.lastIndexOf('\n') + 1) });
  }
  return files;
}

/** A journal only ever grows: one that is no beginning of ours is another office's, or ours from before a loss. */
async function refuseOther(files: readonly JournalFile[], folder: string): Promise<void> {
  for (const name of journalFiles(folder)) {
    const before = await readFile(join(folder, name));
    const now = files.find((file) => file.name === name)?.bytes;
    if (now?.subarray(0, before.length).equals(before)) continue;
    throw new Failure(
      'permanent',
      '这个文件夹里已有另一份备份，其中有现在的数据里没有的内容，没有覆盖它。请换一个空文件夹。',
      `journal ${name} of the backup is no beginning of ours`,
    );
  }
}

/** Every raw mail that the copied journal names; each is checked against its hash on the way. */
async function copyMails(from: RawStore, folder: string): Promise<Backup> {
  const to = await openRawStore(folder);
  const backup: Backup = { mails: 0, copied: 0, copiedBytes: 0, entries: 0, damaged: [] };
  const met = new Set<string>();
  for await (const entry of openJournal(folder, officeClock(null)).read()) {
    backup.entries += 1;
    if (entry.event !== 'kept' || met.has(entry.raw.sha256)) continue;
    met.add(entry.raw.sha256);
    await copyMail(from, to, entry.raw, backup);
  }
  return backup;
}

async function copyMail(
  from: RawStore,
  to: RawStore,
  { sha256, bytes }: { sha256: string; bytes: number },
  backup: Backup,
): Promise<void> {
  const there = await stat(to.path(sha256)).catch(() => null); // not copied yet
  if (there?.size !== bytes) {
    const raw = await from.read(sha256).catch(unreadable);
    if (raw === null) return void backup.damaged.push(sha256);
    await to.keep(raw);
    backup.copied += 1;
    backup.copiedBytes += bytes;
  }
  backup.mails += 1;
}

/** Gone or damaged: the rest is copied all the same, and the command says so. */
function unreadable(error: unknown): null {
  if (error instanceof Failure && error.kind === 'permanent') return null;
  throw error;
}

function manifestOf(files: readonly JournalFile[], { mails, entries, damaged }: Backup): Buffer {
  const journal = files.map(({ name, bytes }) => ({
    name,
    bytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
  }));
  return Buffer.from(`${JSON.stringify({ madeAt: machineNow(), mails, entries, damaged, journal }, null, 2)}\n`);
}

/** Whole or not at all: a stick pulled out half-way leaves the earlier file. */
async function writeSafely(folder: string, name: string, bytes: Buffer): Promise<void> {
  const part = join(folder, `.${name}.part`);
  try {
    const file = await open(part, 'w', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, join(folder, name));
  } catch (cause) {
    throw new Failure('temporary', `写不进备份文件夹 ${folder}，请检查磁盘空间和权限`, `backup: ${cause}`, { cause });
  }
}
