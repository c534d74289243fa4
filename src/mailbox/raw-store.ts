import { createHash, randomUUID } from 'node:crypto';
import * as node from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Failure } from '../errors.ts';
import { step } from '../steps.ts';
import { diskTrouble } from './disk-trouble.ts';
import { readHead } from './head.ts';
import { identityReader } from './identity.ts';
import type { KeptRaw } from './ledger.ts';
import { sweepLeftovers } from './leftovers.ts';

/** Raw mails under their hash: `DATA_DIR/raw/ab/<sha256>.eml`. Every later step can be run again from them. */
export type RawStore = {
  /**
   * On disk for good (fsync of file and folder) when it answers; the same content again is the same file.
   *
   * @throws Failure (temporary) when the disk does not take it, leaving nothing under the final name; what the source
   *   throws goes through as it is
   */
  keep: (source: Buffer | AsyncIterable<Buffer>) => Promise<KeptRaw>;
  /** @throws Failure (permanent) when the file is gone or no longer what its name says */
  read: (sha256: string) => Promise<Buffer>;
  path: (sha256: string) => string;
};

/** What the store asks of a disk; tests hand in one that fails at its n-th call. */
export type Disk = Pick<typeof node, 'open' | 'rename' | 'mkdir' | 'rm'>;

/** Opens the store below a data folder, making it where needed, and clears what killed writes left behind. */
export async function openRawStore(dataDir: string, disk: Disk = node): Promise<RawStore> {
  const root = join(dataDir, 'raw');
  const folders: Folders = { root, durable: new Set() };
  const path = (sha256: string) => {
    if (!/^[0-9a-f]{64}$/.test(sha256)) throw new Failure('usage', '原始邮件的编号应为 64 位十六进制数');
    return join(root, sha256.slice(0, 2), `${sha256}.eml`);
  };
  const made = await disk.mkdir(root, { recursive: true, mode: 0o700 }).catch(rethrow);
  if (made !== undefined) await syncFolder(disk, dataDir).catch(rethrow);
  await sweepLeftovers(root).catch(rethrow);
  return {
    path,
    read: (sha256) => readRaw(path(sha256), sha256),
    keep: async (source) => {
      const part = join(root, `${process.pid}-${randomUUID()}.part`);
      try {
        const kept = await writeDown(disk, part, source);
        step('poll: raw file written');
        await settle(disk, folders, part, path(kept.sha256)).catch(rethrow);
        step('poll: raw file named');
        return kept;
      } catch (error) {
        await disk.rm(part, { force: true }).catch(() => undefined); // the next opening sweeps it
        throw error;
      }
    },
  };
}

/** `durable`: those of the 256 whose own names are on disk for good, as far as this process knows. */
type Folders = { root: string; durable: Set<string> };

const rethrow = (error: unknown): never => {
  throw diskTrouble(error);
};

async function writeDown(disk: Disk, part: string, source: Buffer | AsyncIterable<Buffer>): Promise<KeptRaw> {
  const file = await disk.open(part, 'wx', 0o600).catch(rethrow);
  try {
    const hash = createHash('sha256');
    const identity = identityReader();
    let bytes = 0;
    for await (const chunk of Buffer.isBuffer(source) ? [source] : source) {
      hash.update(chunk);
      identity.add(chunk);
      bytes += chunk.length;
      await file.writeFile(chunk).catch(rethrow); // goes on where it stands, and writes all of it
    }
    await file.sync().catch(rethrow);
    const read = identity.end();
    return { sha256: hash.digest('hex'), identity: read.identity, bytes, head: readHead(read.header) };
  } finally {
    await file.close().catch(rethrow);
  }
}

/** Renaming also over a file of that name: should that one have been damaged, it is whole again. */
async function settle(disk: Disk, { root, durable }: Folders, part: string, final: string): Promise<void> {
  const folder = dirname(final);
  const isNew = !durable.has(folder);
  durable.delete(folder); // until this mail lies in it: one that was lost meanwhile is made again by the next try
  if (isNew) await disk.mkdir(folder, { recursive: true, mode: 0o700 });
  await disk.rename(part, final);
  await syncFolder(disk, folder);
  if (isNew) await syncFolder(disk, root);
  durable.add(folder);
}

/** A new name is durable only when its folder is. */
async function syncFolder(disk: Disk, folder: string): Promise<void> {
  const handle = await disk.open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @throws Failure (permanent) when the file is gone or no longer what its name says */
export async function readRaw(path: string, sha256: string): Promise<Buffer> {
  const bytes = await node.readFile(path).catch((error: unknown) => {
    throw new Failure('permanent', `读不到原始邮件文件 ${path}，请从备份恢复。`, `raw store: ${String(error)}`, {
      cause: error,
    });
  });
  if (createHash('sha256').update(bytes).digest('hex') === sha256) return bytes;
  throw new Failure(
    'permanent',
    `原始邮件文件 ${path} 已损坏，请从备份恢复。`,
    'raw store: content does not fit its name',
  );
}
