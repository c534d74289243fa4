import { type Form, textOf } from '../forms/form.ts';
import type { NameWords } from '../notice/words.ts';
import { squeeze } from '../text/squeeze.ts';
import { isPersonName } from './person-names.ts';
import type { SortedFile } from './sorted-file.ts';

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
export function namesWritten(files: readonly SortedFile[], words: NameWords): Map<string, Set<string>> {
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
 *
 * @param elsewhere subject, letter and file names, squeezed
 * @returns each slip with the name that is meant
 */
export function mistypedNames(written: Map<string, Set<string>>, elsewhere: string): Map<string, string> {
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
