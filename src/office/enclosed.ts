import { type Enclosure, encloseForms, type FormToSend, formsToSend } from '../letters/attached-forms.ts';
import type { LetterRecord } from '../store/records.ts';
import type { Books } from './books.ts';
import { recordedApplication } from './recorded-application.ts';

type OnRecord = Pick<Books, 'db' | 'notice'>;
type About = Pick<LetterRecord, 'kind' | 'number'>;

/** The forms that go along with a letter as things stand on record; nothing of them is kept. */
export async function formsWith(books: OnRecord, { kind, number }: About): Promise<FormToSend[]> {
  if (kind !== 'correction_request' || number === null) return [];
  const application = await recordedApplication(books, number);
  return application ? formsToSend(application, books.notice) : [];
}

/** Their files, made now out of the record: a letter made again is the same. */
export const enclosedWith = async (books: OnRecord, letter: About): Promise<Enclosure[]> =>
  encloseForms(await formsWith(books, letter), books.notice);

/** One of the files, by its name; null when it does not go along (any more). */
export async function enclosedFile(books: OnRecord, letter: About, fileName: string): Promise<Enclosure | null> {
  const forms = (await formsWith(books, letter)).filter((form) => form.fileName === fileName);
  return (await encloseForms(forms.slice(0, 1), books.notice))[0] ?? null;
}
