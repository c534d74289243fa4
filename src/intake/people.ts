import { type Form, textOf } from '../forms/form.ts';
import type { WrittenMail } from '../message/mail.ts';
import type { Notice } from '../notice/notice.ts';
import type { NameWords } from '../notice/words.ts';
import { squeeze } from '../text/squeeze.ts';
import { nameHints } from './name-hints.ts';
import { introducedNames, isPersonName, personNamesIn } from './person-names.ts';
import type { SortedFile } from './sorted-file.ts';

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
  const names = distinct([...inForms, ...namesOfFiles(mail, files, inForms, notice)]);
  const nominees = names.length > 0 ? names : [introduced(mail, files, notice)];
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
  const name = known ?? (/^\p{Script=Han}{2,4}$/u.test(whole) ? whole : null);
  return name === null || words.notNames.includes(name) || isPrinted(name, form) ? null : name;
}

/** `姓名 | 序号`: the neighbour's label or a table's head, read as the value of an empty cell, is nobody's name. */
const isPrinted = (name: string, { definition: { fields, tables } }: Form) =>
  [...fields, ...tables.flatMap(({ columns }) => columns)].some(({ label, synonyms }) =>
    [label, ...synonyms].some((spelling) => squeeze(spelling) === name),
  );

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
 * 李健国 on one form beside 李建国 on all the others is a slip of the pen, no second nominee: one sign after the surname
 * differs, and the form is just the one the other lacks. With one form each, letter and file names say who is meant. The
 * check `person_disagrees` tells of it.
 */
function mistypedNames(written: Map<string, Set<string>>, elsewhere: string): Map<string, string> {
  const aliases = new Map<string, string>();
  for (const [slip, [form, ...more]] of [...written].map(([name, forms]) => [name, [...forms]] as const)) {
    const meant = [...written].find(
      ([name, forms]) =>
        (forms.size >= 2 || (elsewhere.includes(name) && !elsewhere.includes(slip))) &&
        !forms.has(form ?? '') &&
        oneSignApart(name, slip),
    );
    if (meant && more.length === 0) aliases.set(slip, meant[0]);
  }
  return aliases;
}

function oneSignApart(a: string, b: string): boolean {
  const [one, other] = [[...a], [...b]];
  return (
    one.length === other.length && one[0] === other[0] && one.filter((sign, at) => sign !== other[at]).length === 1
  );
}

/**
 * Names in file names (and links) that are more than a word which looks like one (水泵, 施工, 封面): subject or letter
 * speaks of them too, or several files named as forms bear them. Once the forms say who it is, a further nominee must
 * be spoken of beside the first: an apprentice's certificate or the clerk's name on the zip opens no second application.
 */
function namesOfFiles(
  mail: WrittenMail,
  files: readonly SortedFile[],
  inForms: readonly string[],
  notice: Notice,
): string[] {
  const spoken = [...namesInSubject(mail, notice), ...namesIntroduced(mail, notice)];
  const further = inForms.length === 0 || inForms.some((name) => spoken.includes(name));
  const paths = [...files.map(({ file }) => file.path), ...mail.links.flatMap(({ name }) => name ?? [])];
  const said = paths.flatMap((path) => namesInPath(path, notice)).filter((name) => further && spoken.includes(name));
  const sender = inForms.length > 0 ? [squeeze(mail.from?.name ?? '')] : [];
  return without([...said, ...namesOnUnreadForms(files, notice)], [...contacts(mail, files, notice), ...sender]);
}

/** `李四推荐表.pdf`, `李四量化表.pdf`, both scans: nobody calls two forms after anything but their person. */
function namesOnUnreadForms(files: readonly SortedFile[], notice: Notice): string[] {
  const named = files
    .filter(({ answers, file }) => answers.length === 0 && nameHints(file.path, notice).some(isForm))
    .flatMap(({ file }) => namesInPath(file.path, notice));
  return named.filter((name, index) => named.indexOf(name) !== index);
}

const isForm = ({ part }: { part: string }) => part === 'form';

/** No form or file says who: the letter or the subject does, when it names one person only. */
function introduced(mail: WrittenMail, files: readonly SortedFile[], notice: Notice): string | null {
  const inLetter = namesIntroduced(mail, notice);
  const found = without(inLetter.length > 0 ? inLetter : namesInSubject(mail, notice), contacts(mail, files, notice));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Who sends, signs or may be telephoned: 联系人：李红梅, 李红梅报送. */
function contacts(mail: WrittenMail, files: readonly SortedFile[], notice: Notice): string[] {
  const { contactBefore, contactAfter } = notice.words.sentences;
  const said = [mail.subject, mail.text, ...files.map(({ file }) => file.path)].join('\n');
  return introducedNames(said, notice.words.names, contactBefore, contactAfter);
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

const without = (names: readonly string[], others: readonly string[]) =>
  distinct(names).filter((name) => !others.includes(name));
const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];
