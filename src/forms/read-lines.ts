import type { FieldDefinition, FormDefinition } from '../notice/form-schema.ts';
import type { ValueWords } from '../notice/words.ts';
import { madeOnce } from '../text/made-once.ts';
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
  const marks = labelMarks(text, (withoutCells ? spellingsInText : spellingsInCells)(definition));
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

/** The fields whose labels the text uses: evidence for which form it is. One that stands under a group is none alone. */
export function fieldsNamed(text: string, definition: FormDefinition): FieldDefinition[] {
  return labelMarks(text, spellingsInText(definition)).map(({ field }) => field);
}

type Mark = { field: FieldDefinition; label: string; start: number; end: number };

/** Every label in the text that is used as one, from left to right, the longest where several begin. */
function labelMarks(text: string, spellings: Spellings): Mark[] {
  const marks = spellingsIn(text, spellings).flatMap(({ field, pattern }) =>
    [...text.matchAll(pattern)].map((match) => {
      const label = (match[1] ?? '').replace(/\s+/g, '');
      return { field, label, start: match.index, end: match.index + match[0].length };
    }),
  );
  marks.sort((a, b) => a.start - b.start || b.end - a.end || b.label.length - a.label.length); // as the form has it: 推荐单位（盖章）
  return marks.filter((mark, index) => !marks.slice(0, index).some((earlier) => mark.start < earlier.end));
}

/** How a label may be spelt: the signs that a text must hold for the expression to be worth trying. */
type Spelling = { field: FieldDefinition; signs: string; pattern: RegExp };
/** A form has some two hundred and a mail many lines, most of which hold none: one look for `any` tells. */
type Spellings = { all: Spelling[]; any: RegExp };

const spellingsInCells = madeOnce((form: FormDefinition) => spellingsOf(form, 2));
const spellingsInText = madeOnce((form: FormDefinition) => spellingsOf(form, 1));

function spellingsOf({ fields }: FormDefinition, minSpaces: number): Spellings {
  const all = fields
    .filter(({ under }) => !under)
    .flatMap((field) =>
      [field.label, ...field.synonyms].map((spelling) => {
        return { field, signs: bare(spelling), pattern: labelPattern(spelling, minSpaces) };
      }),
    );
  return { all, any: new RegExp(all.map(({ signs }) => asWritten(signs)).join('|')) };
}

function spellingsIn(text: string, { all, any }: Spellings): Spelling[] {
  const signs = bare(text);
  return any.test(signs) ? all.filter((spelling) => signs.includes(spelling.signs)) : [];
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
  return twins[sign] ?? asWritten(sign);
}

/** For an expression in which no sign has a meaning of its own. */
const asWritten = (text: string) => text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
