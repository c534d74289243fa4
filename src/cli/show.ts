import { materialsOf, openQuestionsOf } from '../application/application.ts';
import { officeIso } from '../clock.ts';
import { Failure } from '../errors.ts';
import type { Books } from '../office/books.ts';
import { history as historyOf } from '../office/history.ts';
import { type Dossier, dossierText } from '../reports/dossier.ts';
import { looseFiles } from '../reports/loose-files.ts';
import { listApplications } from '../store/application-list.ts';
import { listDecisions } from '../store/decisions.ts';
import { filesTaken } from '../store/desk/message-rows.ts';
import { listLetters } from '../store/letter-list.ts';
import { listMessages, messagesOf } from '../store/message-list.ts';
import { type Reviewed, readReviewed } from '../store/reviewed.ts';
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
    const dossier = await dossierOf(books, number);
    const { record, history } = dossier;
    const data = {
      ...applicationRecordJson(record),
      materials: materialsJson(dossier),
      messages: (await listMessages(books.db, await messagesOf(books.db, record.id))).map(messageJson),
      letters: (await listLetters(books.db, { number })).map(letterJson),
      decisions: (await listDecisions(books.db, record.id)).map(({ at, ...said }) => ({ ...said, at: officeIso(at) })),
      history: history.map(({ at, ...line }) => ({ at: officeIso(at), ...line })),
    };
    return print(hasFlag(words, 'json'), data, () => dossierText(dossier, books.notice));
  });
}

/** Every version of every file that counts as evidence; `message` is the ledger's number of the mail it came in. */
function materialsJson({ application }: Pick<Reviewed, 'application'>) {
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
export async function dossierOf(
  books: Pick<Books, 'db' | 'notice'>,
  number: string,
): Promise<Dossier & Pick<Reviewed, 'application'>> {
  const { db, notice } = books;
  const [record] = await listApplications(db, number);
  if (!record) throw new Failure('permanent', `没有编号为 ${number} 的申报件，全部编号见 npx shouli applications`);
  const reviewed = await readReviewed(db, record, notice);
  const { application, shares } = reviewed;
  const taken = await filesTaken(db, [...new Set(shares.map(({ message }) => message))]);
  return {
    record,
    application,
    history: await historyOf(books, number),
    open: application ? openQuestionsOf(application) : [],
    loose: looseFiles(reviewed, taken),
  };
}
