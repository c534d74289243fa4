import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statfsSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A disk that fills up. */
export type FullDisk = {
  folder: string;
  /** From now on it takes so much more and then no more; what that counts is the disk's own affair. */
  fill: (room: number) => void;
  makeRoom: () => void;
  close: () => void;
};

/**
 * A disk that refuses the n-th write and all after it, half of the bytes having gone in, as a full one does. Counts every
 * write and every fsync of this process.
 *
 * @returns also how many it has counted since `fill` or `makeRoom`
 */
export async function refusingDisk(): Promise<FullDisk & { counted: () => number }> {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-disk-'));
  const handle = await open(folder);
  const prototype = Object.getPrototypeOf(handle);
  await handle.close();
  const { writeFile, appendFile, sync } = prototype;
  let [counted, room] = [0, Number.POSITIVE_INFINITY];
  const isFull = () => {
    counted += 1;
    return counted > room;
  };
  const full = () => Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const refusing = (write: typeof writeFile) =>
    async function (this: object, data: Buffer | string, ...rest: unknown[]) {
      if (!isFull()) return write.call(this, data, ...rest);
      await write.call(this, data.slice(0, data.length / 2), ...rest);
      throw full();
    };
  prototype.writeFile = refusing(writeFile);
  prototype.appendFile = refusing(appendFile);
  prototype.sync = async function (this: object) {
    if (isFull()) throw full();
    return sync.call(this);
  };
  const begin = (next: number) => {
    [counted, room] = [0, next];
  };
  return {
    folder,
    fill: begin,
    makeRoom: () => begin(Number.POSITIVE_INFINITY),
    counted: () => counted,
    close: () => {
      Object.assign(prototype, { writeFile, appendFile, sync });
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const pageBytes = 4_096;
const roomyBytes = 64 << 20;

/** A small tmpfs; `fill` leaves so many pages of 4 KB. @returns null where we may not mount one */
export function smallDisk(): FullDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-disk-'));
  const mount = (...words: string[]) => execFileSync('mount', ['-t', 'tmpfs', ...words, folder], { stdio: 'pipe' });
  try {
    mount('-o', `size=${roomyBytes}`, 'tmpfs');
  } catch {
    rmSync(folder, { recursive: true });
    return null; // not root, or a container without the right
  }
  const resize = (bytes: number) => execFileSync('mount', ['-o', `remount,size=${bytes}`, folder]);
  return {
    folder,
    fill: (pages) => {
      const { blocks, bfree, bsize } = statfsSync(folder);
      resize((blocks - bfree) * bsize + pages * pageBytes);
    },
    makeRoom: () => void resize(roomyBytes),
    close: () => {
      execFileSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true });
    },
  };
}
