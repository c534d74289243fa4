import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { machineNow } from '../clock.ts';

const maxAgeMs = 30 * 24 * 3_600_000;
const maxBytes = 2e9;
/** A write that was killed leaves its part behind. */
const partAgeMs = 3_600_000;

/** What was made once, under a name that says of what: disposable, whole or not there. */
export type Cache = {
  get: (name: string) => Promise<Buffer | null>;
  put: (name: string, bytes: Buffer | string) => Promise<void>;
};

/** @param folder made with the first entry; readable by the owner alone, like the raw mails it was made from */
export function openCache(folder: string): Cache {
  return {
    async get(name) {
      const path = join(folder, name);
      const bytes = await readFile(path).catch(() => null); // not there, or not readable: it is made again
      const now = machineNow();
      if (bytes) await utimes(path, now, now).catch(() => undefined); // tidied meanwhile; the bytes are here
      return bytes;
    },
    async put(name, bytes) {
      const part = join(folder, `${name}.${process.pid}-${randomUUID()}.part`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeFile(part, bytes, { mode: 0o600, flag: 'wx' });
        await rename(part, join(folder, name));
      } catch {
        await rm(part, { force: true }).catch(() => undefined); // a full disk: shown all the same, made again next time
      }
    },
  };
}

/**
 * Clears out what nobody looked at for 30 days, then the longest unseen until 2 GB are left.
 *
 * @param dataDir DATA_DIR
 * @returns how many files went
 */
export async function tidyPreviews(dataDir: string, limits = { maxAgeMs, maxBytes }): Promise<number> {
  const folder = previewsIn(dataDir);
  const now = machineNow().getTime();
  const kept = (await entriesOf(folder)).sort((a, b) => b.seenAt - a.seenAt);
  let bytes = 0;
  const gone = kept.filter(({ name, size, seenAt }) => {
    const isOld = now - seenAt > (name.endsWith('.part') ? partAgeMs : limits.maxAgeMs);
    if (!isOld) bytes += size;
    return isOld || bytes > limits.maxBytes;
  });
  await Promise.allSettled(gone.map(({ name }) => rm(join(folder, name), { force: true }))); // one that stays is tried tomorrow
  return gone.length;
}

/** Where the previews of a data folder lie. */
export const previewsIn = (dataDir: string) => join(dataDir, 'previews');

async function entriesOf(folder: string): Promise<{ name: string; size: number; seenAt: number }[]> {
  const names = await readdir(folder).catch(() => []); // nobody looked at anything yet
  const entries = await Promise.all(
    names.map(async (name) => {
      const facts = await stat(join(folder, name)).catch(() => null); // replaced meanwhile
      return facts ? [{ name, size: facts.size, seenAt: facts.mtimeMs }] : [];
    }),
  );
  return entries.flat();
}
