import { setFlagsFromString } from 'node:v8';
import type { ReadFile } from '../../documents/document.ts';
import { doubtIn } from '../../documents/libreoffice/doubt.ts';
import { serve } from '../../documents/pool/serve.ts';
import { loadUsualParsers, readHere } from '../../documents/read-here.ts';
import { withholding } from '../../documents/withhold.ts';
import { takeIn } from '../../intake/index.ts';
import { understandingOf } from '../../intake/understood.ts';
import { readRaw } from '../../mailbox/raw-store.ts';
import type { Notice } from '../../notice/notice.ts';
import { type KeptMail, type Packed, packed } from './packed.ts';

/** One mail to understand, and whose addresses are our own. The round itself every child is told once. */
export type Task = { message: KeptMail; ownAddresses: string[] };
/** `piecemeal`: why it wants to be taken apart file by file, for the log. */
export type Answer = Packed | { piecemeal: string };

// As for the children that read single files.
setFlagsFromString('--interrupt-budget=1000000');

serve<Task, Answer, Notice>(understand, loadUsualParsers);

/** The whole road of a mail in one process: no file goes from one to another. Whatever is out of the way is told, not judged. */
async function understand({ message: { path, ...message }, ownAddresses }: Task, notice: Notice): Promise<Answer> {
  try {
    const raw = await readRaw(path, message.sha256);
    const services = { notice, ownAddresses, read: sureOnly(withholding(readHere)) };
    return packed(understandingOf(await takeIn({ ...message, raw }, services)));
  } catch (error) {
    return { piecemeal: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

/**
 * Only what would be read the same file by file: an old Word file in doubt is LibreOffice's, and what finds no memory
 * beside a whole mail may find it alone.
 *
 * @throws Error for any other
 */
function sureOnly(read: ReadFile): ReadFile {
  return async (file) => {
    const reading = await read(file);
    if (reading.kind === 'unreadable' && reading.reason === 'out_of_memory')
      throw new Error('a file wants more memory');
    if (doubtIn(file.name, reading)) throw new Error('an old Word file is in doubt');
    return reading;
  };
}
