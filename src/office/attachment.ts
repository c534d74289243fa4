import type { FileType } from '../documents/document.ts';
import { passwordsIn } from '../message/passwords.ts';
import type { EvidenceFile, MailPlace, Previews } from '../previews/preview.ts';
import { understoodOf } from '../store/desk/message-rows.ts';
import { listMessages } from '../store/message-list.ts';
import { messageOfIdentity } from '../store/messages.ts';
import type { Books } from './books.ts';

/** Which mail of the ledger: the number of its row, or its identity (hex). */
export type MessageKey = { id: number } | { identity: string };

type Kept = Pick<Books, 'db' | 'rawStore' | 'notice'>;

/**
 * A file of a kept mail, ready for `previews.page` and `previews.picture`. Nothing is opened yet: whether the mail has
 * such a file, the preview says.
 *
 * @param path as recorded: `推荐表.docx`, `材料.zip/照片.jpg`
 * @param sha256 of the file where the record tells it (never that of a picture inside it)
 * @returns null when the ledger has no such mail, or counted it by its header alone
 */
export async function evidenceFile(
  books: Kept,
  message: MessageKey,
  path: string,
  sha256: string | null = null,
): Promise<EvidenceFile | null> {
  const at = await placeOf(books, message, path);
  return at && { name: path.split('/').at(-1) ?? path, sha256, at };
}

/**
 * The very bytes of an attachment out of the kept raw mail, for a person to save. They are taken out in a child
 * process, a large mail's as well.
 *
 * @returns `type`: the media type for the answer's header, ours by content; what a browser might run is
 *   `application/octet-stream`. Null when there is no such mail or no such file in it
 * @throws Failure when the raw mail is gone or damaged (permanent), or the child died (temporary)
 */
export async function attachment(
  books: Kept,
  previews: Pick<Previews, 'original'>,
  message: MessageKey,
  path: string,
): Promise<{ name: string; bytes: Buffer; type: string } | null> {
  const at = await placeOf(books, message, path);
  const original = at && (await previews.original(at));
  return original && { ...original, type: mediaTypes[original.type] ?? 'application/octet-stream' };
}

async function placeOf({ db, rawStore, notice }: Kept, message: MessageKey, attachment: string) {
  const id = 'id' in message ? message.id : await messageOfIdentity(db, message.identity);
  const [mail] = id === null ? [] : await listMessages(db, [id]);
  if (!mail?.sha256) return null;
  const understood = (await understoodOf(db, mail.id))?.understood;
  const said = [understood?.text ?? '', mail.subject, ...(understood?.files ?? []).map(({ path }) => path)];
  const words = notice.words.mail;
  return {
    mail: { file: rawStore.path(mail.sha256), sha256: mail.sha256 },
    attachment,
    keys: { passwords: passwordsIn(said, words), words },
  } satisfies MailPlace;
}

const office = 'application/vnd.openxmlformats-officedocument';
const mediaTypes: Partial<Record<FileType, string>> = {
  docx: `${office}.wordprocessingml.document`,
  xlsx: `${office}.spreadsheetml.sheet`,
  pptx: `${office}.presentationml.presentation`,
  doc: 'application/msword',
  wps: 'application/vnd.ms-works',
  xls: 'application/vnd.ms-excel',
  et: 'application/vnd.ms-excel',
  ppt: 'application/vnd.ms-powerpoint',
  rtf: 'application/rtf',
  pdf: 'application/pdf',
  jpeg: 'image/jpeg',
  png: 'image/png',
  zip: 'application/zip',
};
