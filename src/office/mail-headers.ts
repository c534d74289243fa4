import { open } from 'node:fs/promises';
import type { RawStore } from '../mailbox/raw-store.ts';

/** More than this no honest mail says of itself; a megabyte of them was sent on purpose. */
const mostBytes = 64 * 1024;

/**
 * The header lines of a kept mail as they were sent, for whoever wants to know its way. Raw 8-bit lines that are no UTF-8
 * show their bytes as �: the subject and the sender stand decoded elsewhere.
 *
 * @returns null when the raw file is gone
 */
export async function mailHeaders(rawStore: Pick<RawStore, 'path'>, sha256: string): Promise<string | null> {
  const file = await open(rawStore.path(sha256)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return null;
    throw error;
  });
  if (!file) return null;
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(mostBytes), 0, mostBytes, 0);
    const [lines = ''] = buffer.toString('utf8', 0, bytesRead).split(/\r?\n\r?\n/, 1);
    return lines;
  } finally {
    await file.close();
  }
}
