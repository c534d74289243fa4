import type { Form } from '../forms/form.ts';
import type { WrittenMail } from '../message/mail.ts';
import type { Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';
import { mistypedNames, nameIn, namesWritten } from './form-names.ts';
import type { SortedFile } from './sorted-file.ts';
import { introduced, namesOfFiles } from './spoken-names.ts';

/** The nominees a mail speaks of (at least one entry, null for "nobody said"), and whose a file or form is. */
export type People = { nominees: (string | null)[]; ownerOf: (file: SortedFile, form: Form | null) => string | null };

/**
 * Finds whose materials these are. Names in the forms come first; then names that file names and letter share, or what
 * subject and letter introduce. With one nominee every file is theirs; with several, a file must carry the name in its
 * form or path.
 */
export function peopleOf(mail: WrittenMail, files: readonly SortedFile[], notice: Notice): People {
  const written = namesWritten(files, notice.words.names);
  const elsewhere = [mail.subject, mail.text, ...files.map(({ file }) => file.path)].map(squeeze).join('|');
  const aliases = mistypedNames(written, elsewhere);
  const inForms = [...written.keys()].filter((name) => !aliases.has(name));
  const names = [...new Set([...inForms, ...namesOfFiles(mail, files, inForms, notice)])];
  const nominees = names.length > 0 ? names : [introduced(mail, files, notice)];
  return { nominees, ownerOf };

  function ownerOf({ file }: SortedFile, form: Form | null): string | null {
    const own = form ? nameIn(form, notice.words.names) : null;
    if (own) return aliases.get(own) ?? own;
    const inPath = nominees.find((name) => name !== null && squeeze(file.path).includes(squeeze(name)));
    return inPath ?? (nominees.length === 1 ? (nominees[0] ?? null) : null);
  }
}
