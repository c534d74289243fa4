import type { FieldDefinition, FormDefinition } from '../notice/form-schema.ts';
import type { ValueWords } from '../notice/words.ts';
import { isBlank } from './blank.ts';
import type { FieldValue } from './form.ts';

/**
 * Reads `label：value` pairs out of running text: a cover line, a cell with label and value in one, a PDF line with
 * several pairs, a foot with two opinions. A label counts at the start or after a space, followed by a colon, or by the
 * line to write on (spaces or underscores); in text that has no cells, also by a single space.
 */
export function inlineValues(
  text: string,
  location: string,
  definition: FormDefinition,
  words: ValueWords,
  withoutCells = false,
): FieldValue[] {
  const marks = labelMarks(text, definition.fields, withoutCells);
  return marks.map(({ field, label, end }, index) => {
    const value = text.slice(end, marks[index + 1]?.start ?? text.length).replace(/^[\s_：:]+|[\s_]+$/g, '');
    return {
      key: field.key,
      label,
      text: value,
      value,
      date: null,
      location,
      blank: isBlank(value, field.type, words),
    };
  });
}

/** The fields whose labels the text uses: evidence for which form it is. */
export function fieldsNamed(text: string, fields: readonly FieldDefinition[]): FieldDefinition[] {
  return labelMarks(text, fields, true).map(({ field }) => field);
}

type Mark = { field: FieldDefinition; label: string; start: number; end: number };

/** Every label in the text that is used as one, from left to right, the longest where several begin. */
function labelMarks(text: string, fields: readonly FieldDefinition[], withoutCells: boolean): Mark[] {
  const signs = bare(text);
  const marks = fields
    .filter(({ under }) => !under)
    .flatMap((field) =>
      spellingsOf(field, withoutCells)
        .filter((spelling) => signs.includes(spelling.signs))
        .flatMap(({ pattern }) =>
          [...text.matchAll(pattern)].map((match) => {
            const label = (match[1] ?? '').replace(/\s+/g, '');
            return { field, label, start: match.index, end: match.index + match[0].length };
          }),
        ),
    );
  marks.sort((a, b) => a.start - b.start || b.end - a.end || b.label.length - a.label.length); // as the form has it: 推荐单位（盖章）
  return marks.filter((mark, index) => !marks.slice(0, index).some((earlier) => mark.start < earlier.end));
}

/** How a label may be spelt: the signs that a text must hold for the expression to be worth trying. */
type Spelling = { signs: string; pattern: RegExp };

const caches = { cells: new WeakMap<FieldDefinition, Spelling[]>(), text: new WeakMap<FieldDefinition, Spelling[]>() };

/** One expression a spelling; built once a field: a form has some two hundred spellings and a mail many lines. */
function spellingsOf(field: FieldDefinition, withoutCells: boolean): Spelling[] {
  const cache = withoutCells ? caches.text : caches.cells;
  const spellings =
    cache.get(field) ??
    [field.label, ...field.synonyms].map((spelling) => ({
      signs: bare(spelling),
      pattern: labelPattern(spelling, withoutCells ? 1 : 2),
    }));
  cache.set(field, spellings);
  return spellings;
}

/** Without spaces, each sign as the first of its twins. Looking for it costs a hundredth of trying the expression. */
const bare = (text: string) => text.replace(/\s+/g, '').replace(/[（）／，、]/g, (sign) => halves[sign] ?? sign);
const halves: Record<string, string> = { '（': '(', '）': ')', '／': '/', '，': ',', '、': ',' };

function labelPattern(spelling: string, minSpaces: number): RegExp {
  const spaced = [...spelling.replace(/\s+/g, '')].map(tolerant).join('\\s*');
  const hint = '(?:[(（][^()（）]{0,20}[)）])?';
  const value = `(?:\\s*[:：]|\\s*_{2,}|[ \\t\\u3000]{${minSpaces},}(?=\\S)|\\s*$)`;
  return new RegExp(`(?<=^|[\\s_。；;，,）)])(${spaced}\\s*${hint})${value}`, 'gu');
}

/** A sign and its full- or half-width twin. */
function tolerant(sign: string): string {
  const twins: Record<string, string> = {
    '（': '[（(]',
    '）': '[）)]',
    '(': '[（(]',
    ')': '[）)]',
    '/': '[/／]',
    '、': '[、,，]',
  };
  return twins[sign] ?? sign.replace(/[.*+?^${}|[\]\\]/g, '\\$&');
}
