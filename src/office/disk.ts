import { statfs } from 'node:fs/promises';
import type { Office } from './office.ts';

/** Less free room than this is too little. */
export const lowBytes = 500 * 1024 * 1024;

export async function freeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** Mails are refused when nothing can be written; staff hear of it while there is still room. */
export async function warnOfDisk({ settings, alarm }: Office): Promise<void> {
  const free = await freeBytes(settings.dataDir);
  const megabytes = Math.round(free / 1024 / 1024);
  await alarm('disk', free < lowBytes ? `数据目录所在磁盘只剩 ${megabytes} MB，请清理或扩容` : null);
}
