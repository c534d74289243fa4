import { type Form, textOf } from '../forms/form.ts';
import type { WrittenMail } from '../message/mail.ts';
import type { Notice } from '../notice/notice.ts';
import type { NameWords } from '../notice/words.ts';
import { squeeze } from '../text/squeeze.ts';
import { introducedNames, isPersonName, personNamesIn } from './person-names.ts';
import type { SortedFile } from './sorted-file.ts';

/** The nominees a mail speaks of (at least one entry, null for "nobody said"), and whose a file or form is. */
export type People = { nominees: (string | null)[]; ownerOf: (file: SortedFile, form: Form | null) => string | null };

/**
 * Finds whose materials these are. Names in the forms come first; then names that two places share, or what subject and
 * letter introduce. With one nominee every file is theirs; with several, a file must carry the name in its form or path.
 */
export function peopleOf(mail: WrittenMail, files: readonly SortedFile[], notice: Notice): People {
  const written = namesWritten(files, notice.words.names);
  const aliases = mistypedNames(written);
  const inForms = [...written.keys()].filter((name) => !aliases.has(name));
  const inPaths = files.map(({ file }) => namesInPath(file.path, notice));
  const names = distinct([...inForms, ...namesTwiceSaid(inPaths, mail, notice, inForms.length > 0)]);
  const nominees = names.length > 0 ? names : [introduced(mail, notice)];
  return { nominees, ownerOf };

  function ownerOf({ file }: SortedFile, form: Form | null): string | null {
    const own = form ? nameIn(form, notice.words.names) : null;
    if (own) return aliases.get(own) ?? own;
    const inPath = nominees.find((name) => name !== null && squeeze(file.path).includes(squeeze(name)));
    return inPath ?? (nominees.length === 1 ? (nominees[0] ?? null) : null);
  }
}

/**
 * The name a form is filled in for: its field of type person_name, spread or not (王　　强). What follows the name in the
 * same line (性别：男) does not belong to it; a rare surname that no list knows is believed up to four signs.
 */
export function nameIn(form: Form, words: NameWords): string | null {
  const field = form.definition.fields.find(({ type }) => type === 'person_name');
  const text = (field ? textOf(form, field.key) : null)
    ?.normalize('NFKC')
    .replace(/\(.*?\)|[:,，。;；、]/g, ' ')
    .trim();
  if (!text) return null;
  const [whole, first] = [squeeze(text), squeeze(text.split(/\s+/)[0] ?? '')];
  const known = [whole, first].find((name) => isPersonName(name, words));
  return known ?? (/^\p{Script=Han}{2,4}$/u.test(whole) ? whole : null);
}

/** Each name with the requirements it was written on. */
function namesWritten(files: readonly SortedFile[], words: NameWords): Map<string, Set<string>> {
  const written = new Map<string, Set<string>>();
  for (const { requirement, form } of files.flatMap(({ answers }) => answers)) {
    const name = form ? nameIn(form, words) : null;
    if (name) written.set(name, (written.get(name) ?? new Set()).add(requirement));
  }
  return written;
}

/**
 * 李健国 on one form beside 李建国 on all the others is a slip of the pen, no second nominee: one sign of three or more
 * differs, and the form is just the one the other lacks. The check `person_disagrees` tells of it.
 */
function mistypedNames(written: Map<string, Set<string>>): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [slip, [form, ...more]] of [...written].map(([name, forms]) => [name, [...forms]] as const)) {
    const meant = [...written].find(
      ([name, forms]) => forms.size >= 2 && !forms.has(form ?? '') && oneSignApart(name, slip),
    );
    if (meant && more.length === 0) aliases.set(slip, meant[0]);
  }
  return aliases;
}

function oneSignApart(a: string, b: string): boolean {
  return a.length === b.length && a.length >= 3 && [...a].filter((sign, index) => sign !== b[index]).length === 1;
}

/**
 * Names in file names that a second place confirms: another file, the subject, the letter. Beside names from forms only
 * another file counts: 金牌 in one file name and the letter makes no nominee.
 */
function namesTwiceSaid(inPaths: string[][], mail: WrittenMail, notice: Notice, formsSay: boolean): string[] {
  const spoken = formsSay ? [] : [...namesInSubject(mail, notice), ...namesIntroduced(mail, notice)];
  const all = inPaths.flat();
  return distinct(all).filter((name) => spoken.includes(name) || all.filter((other) => other === name).length > 1);
}

/** No form or file says who: the letter or the subject does, when it names one person only. */
function introduced(mail: WrittenMail, notice: Notice): string | null {
  const inLetter = namesIntroduced(mail, notice);
  const found = inLetter.length > 0 ? inLetter : namesInSubject(mail, notice);
  return found.length === 1 ? (found[0] ?? null) : null;
}

const namesInSubject = (mail: WrittenMail, notice: Notice) =>
  personNamesIn(mail.subject, notice.words.names, strangers(notice));

function namesIntroduced(mail: WrittenMail, notice: Notice): string[] {
  const { nameBefore, nameAfter } = notice.words.sentences;
  return introducedNames(`${mail.subject}\n${mail.text}`, notice.words.names, nameBefore, nameAfter);
}

function namesInPath(path: string, notice: Notice): string[] {
  return distinct(path.split('/').flatMap((segment) => personNamesIn(segment, notice.words.names, strangers(notice))));
}

const strangers = (notice: Notice) => [
  ...notice.unionNames.prefixes,
  ...notice.roster.flatMap(({ name, aliases }) => [name, ...aliases]),
];

const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];
