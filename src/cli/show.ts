import { materialsOf } from '../application/application.ts';
import { officeIso } from '../clock.ts';
import { Failure } from '../errors.ts';
import type { Books } from '../office/books.ts';
import { history } from '../office/history.ts';
import { dossierText } from '../reports/dossier.ts';
import { listApplications } from '../store/application-list.ts';
import { listDecisions } from '../store/decisions.ts';
import { listLetters } from '../store/letter-list.ts';
import { listMessages, messagesOf } from '../store/message-list.ts';
import type { ApplicationRecord } from '../store/records.ts';
import { readReviewed } from '../store/reviewed.ts';
import { applicationRecordJson } from './applications.ts';
import { hasFlag, readWords } from './arguments.ts';
import { letterJson } from './letters.ts';
import { messageJson } from './messages.ts';
import { print, withBooks } from './with-books.ts';

/** `shouli show NUMBER [--json]`: one application with requirements, materials, findings, letters, history. */
export async function showCommand(given: string[]): Promise<number> {
  const words = readWords(given, { json: 'flag' }, 1);
  const number = words.flatMap((word) => (word.kind === 'file' ? [word.file] : []))[0];
  if (!number) throw new Failure('usage', '请写出编号，编号见 npx shouli applications');
  return withBooks(async (books) => {
    const { record, lines } = await dossierOf(books, number);
    const data = {
      ...applicationRecordJson(record),
      materials: await materialsJson(books, record),
      messages: (await listMessages(books.db, await messagesOf(books.db, record.id))).map(messageJson),
      letters: (await listLetters(books.db, { number })).map(letterJson),
      decisions: (await listDecisions(books.db, record.id)).map(({ at, ...said }) => ({ ...said, at: officeIso(at) })),
      history: lines.map(({ at, ...line }) => ({ at: officeIso(at), ...line })),
    };
    return print(hasFlag(words, 'json'), data, () => dossierText(record, lines, books.notice));
  });
}

/** Every version of every file that counts as evidence; `message` is the ledger's number of the mail it came in. */
async function materialsJson({ db, notice }: Books, record: ApplicationRecord) {
  const { application } = await readReviewed(db, record, notice);
  return (application ? materialsOf(application) : []).map(
    ({ requirement, file, bytes, sha256, source, assignedBy = null }) => {
      return {
        requirement,
        file,
        bytes,
        sha256,
        message: Number(source.message),
        receivedAt: officeIso(source.receivedAt),
        broughtBy: source.broughtBy ?? null,
        assignedBy,
      };
    },
  );
}

/** @throws Failure (permanent) when there is no such number */
export async function dossierOf(books: Pick<Books, 'db' | 'notice'>, number: string) {
  const [record] = await listApplications(books.db, number);
  if (!record) throw new Failure('permanent', `没有编号为 ${number} 的申报件，全部编号见 npx shouli applications`);
  return { record, lines: await history(books, number) };
}
