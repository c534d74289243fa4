import type { EvidenceFile, Previews } from '../previews/preview.ts';
import type { Books } from './books.ts';

/** Which mail of the ledger: the number of its row, or its identity (hex). */
export type MessageKey = { id: number } | { identity: string };

/**
 * An attachment of a recorded mail, ready for `previews.page` and `previews.picture`.
 *
 * @param path as recorded: `推荐表.docx`, `材料.zip/照片.jpg`
 * @returns null when the ledger has no such mail, or the mail no such file
 */
export async function evidenceFile(
  _books: Pick<Books, 'db' | 'rawStore'>,
  _message: MessageKey,
  _path: string,
): Promise<EvidenceFile | null> {
  return null;
}

/**
 * The very bytes of an attachment out of the kept raw mail, for a person to save. `type` is a media type of ours by
 * content, never the sender's word.
 */
export async function attachment(
  _books: Pick<Books, 'db' | 'rawStore'>,
  _previews: Previews,
  _message: MessageKey,
  _path: string,
): Promise<{ name: string; bytes: Buffer; type: string } | null> {
  return null;
}
