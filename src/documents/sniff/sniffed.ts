import type { FileToRead, FileType, UnreadableReason } from '../document.ts';
import { Unreadable } from '../unreadable.ts';

/**
 * A file as received; the name may be wrong, empty or a lie. `passwords`: those its mail gives for what is locked.
 * `volumes`: the further parts of a divided archive, in order.
 */
export type NamedFile = Omit<FileToRead, 'sizeOnly'>;

/** What a file is, and why it cannot be read where that shows at once. */
export type Sniffed = { type: FileType; reason: UnreadableReason | null; detail: string };

/** Turns what a closer look threw into the answer for that type. */
export function troubled(type: FileType, error: unknown): Sniffed {
  if (!(error instanceof Unreadable)) throw error; // a fault of ours
  return { type, reason: error.reason, detail: error.message };
}
