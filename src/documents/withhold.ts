import { isHeic } from '../pictures/heic.ts';
import { headOfWholeJpeg } from '../pictures/jpeg.ts';
import type { FileToRead, ReadFile } from './document.ts';

/** No file of an application comes near it; what does would fill the memory of whoever reads it. */
export const maxFileBytes = 80e6;

/**
 * The same reader, that is shown no more of a file than it needs: nothing of one beyond `fileBytes`, and of a picture
 * whose size alone is asked for its head.
 */
export function withholding(read: ReadFile, fileBytes = maxFileBytes): ReadFile {
  return async ({ name, bytes, passwords = [], volumes = [], sizeOnly = false }) => {
    if (volumes.reduce((sum, { length }) => sum + length, bytes.length) > fileBytes)
      return { kind: 'unreadable', type: 'unknown', reason: 'too_large', detail: `超过 ${fileBytes / 1e6} MB` };
    const glance = sizeOnly ? await atHead({ name, bytes }, read) : null;
    return glance ?? read({ name, bytes, passwords, volumes }); // callers' files know more, none of the reader's business
  };
}

/** @returns null where the head does not tell: another format, or not a whole picture */
async function atHead({ name, bytes }: Pick<FileToRead, 'name' | 'bytes'>, read: ReadFile) {
  const head = isHeic(bytes) ? bytes : headOfWholeJpeg(bytes);
  const reading = head && (await read({ name, bytes: head, sizeOnly: true }));
  return reading?.kind === 'picture' ? reading : null;
}
