import type { WrittenMail } from '../message/mail.ts';
import type { Notice } from '../notice/notice.ts';
import { madeOnce } from '../text/made-once.ts';
import { squeeze } from '../text/squeeze.ts';
import { nameHints } from './name-hints.ts';
import { introducedNames, personNamesIn } from './person-names.ts';
import type { SortedFile } from './sorted-file.ts';

/**
 * Names in file names (and links) that are more than a word which looks like one (水泵, 施工, 封面): subject or letter
 * speaks of them too, or several files named as forms bear them. Once the forms say who it is, a further nominee must
 * be spoken of beside the first: an apprentice's certificate or the clerk's name on the zip opens no second application.
 */
export function namesOfFiles(
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
export function introduced(mail: WrittenMail, files: readonly SortedFile[], notice: Notice): string | null {
  const inLetter = namesIntroduced(mail, notice);
  const found = without(inLetter.length > 0 ? inLetter : namesInSubject(mail, notice), contacts(mail, files, notice));
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Who sends, signs or may be telephoned: 联系人：周红梅, 周红梅报送. */
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

const strangers = madeOnce((notice: Notice) => [
  ...notice.unionNames.prefixes,
  ...notice.roster.flatMap(({ name, aliases }) => [name, ...aliases]),
]);

const without = (names: readonly string[], others: readonly string[]) =>
  distinct(names).filter((name) => !others.includes(name));
const distinct = <Item>(items: readonly Item[]): Item[] => [...new Set(items)];
