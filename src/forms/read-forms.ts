import type { Document } from '../documents/document.ts';
import type { FieldDefinition, FormDefinition } from '../notice/form-schema.ts';
import type { Notice } from '../notice/notice.ts';
import type { ValueWords } from '../notice/words.ts';
import { squeeze } from '../text/squeeze.ts';
import { isNone } from './blank.ts';
import type { FieldValue, Form } from './form.ts';
import { photoOf } from './photo.ts';
import { readFields } from './read-fields.ts';
import { inlineValues } from './read-lines.ts';
import { readTables } from './read-tables.ts';
import { headingsOf, recognise, titleOf } from './recognise.ts';
import { type Section, sectionsOf } from './sections.ts';

type Part = Pick<Form, 'definition' | 'title' | 'headings' | 'fields' | 'tables' | 'unknown'> & { sections: Section[] };

/**
 * The forms of the round that a document holds: none, one, four annexes in one file, or one form for each of two
 * nominees. Facts only; what is wrong with them is for the checks to say.
 */
export function readForms(document: Document, notice: Pick<Notice, 'forms' | 'words'>): Form[] {
  const words = notice.words.values;
  const parts: Part[] = [];
  let cover: Section | null = null;
  for (const section of sectionsOf(document)) {
    const recognised = recognise(section, notice.forms);
    const before = parts.at(-1);
    const definition = recognised?.definition ?? before?.definition;
    if (!definition) cover = isCover(section) ? section : null;
    if (!definition) continue;
    const part = { ...readPart(section, definition, words), title: recognised?.title ?? null };
    if (cover && recognised) putCover(cover, part, notice);
    cover = null;
    if (before && before.definition === definition && !startsAnother(before, part)) join(before, part);
    else if (recognised) parts.push(part);
  }
  return parts.map((part) => complete(part, document, words));
}

function readPart(section: Section, definition: FormDefinition, words: ValueWords): Part {
  const tables = section.grid ? readTables(section.grid, definition, words) : [];
  const inTable = (row: number) => tables.some(({ firstRow, lastRow }) => row >= firstRow && row <= lastRow);
  const cells = section.grid ? readFields(section.grid, definition, words, inTable) : { fields: [], unknown: [] };
  const lines = section.paragraphs.flatMap(({ text, location }) =>
    inlineValues(text, location, definition, words, section.grid === null),
  );
  return {
    definition,
    title: null,
    headings: headingsOf(section),
    sections: [section],
    tables,
    fields: [...cells.fields, ...lines],
    unknown: cells.unknown,
  };
}

/** 推荐单位, 推荐人选, 填报日期 in a small table of their own, which alone says too little to know a form by. */
const isCover = ({ grid }: Section) => grid !== null && grid.cells.length <= 12;

/** What a cover says belongs to the form below it: its fields, its title. */
function putCover(cover: Section, part: Part, { forms, words }: Pick<Notice, 'forms' | 'words'>): void {
  const { fields, unknown } = readPart(cover, part.definition, words.values);
  part.fields.push(...fields);
  part.unknown.push(...unknown);
  part.sections.unshift(cover);
  part.headings.unshift(...headingsOf(cover));
  const titled = titleOf(cover, forms);
  if (titled?.definition === part.definition) part.title ??= titled.title;
}

/** A second form of the same kind: it has a title of its own and names another person. */
function startsAnother(before: Part, next: Part): boolean {
  const nameIn = (part: Part) =>
    part.fields.find((field) => !field.blank && typeOf(part.definition, field)?.type === 'person_name')?.text;
  const [first, second] = [nameIn(before), nameIn(next)];
  return next.title !== null && first !== undefined && second !== undefined && squeeze(first) !== squeeze(second);
}

function join(before: Part, next: Part): void {
  before.fields.push(...next.fields);
  before.unknown.push(...next.unknown);
  before.sections.push(...next.sections);
  for (const table of next.tables) {
    const same = before.tables.find(({ key }) => key === table.key);
    if (same) same.rows.push(...table.rows.map((row) => ({ ...row, ordinal: same.rows.length + row.ordinal })));
    else before.tables.push(table);
  }
}

function complete(part: Part, document: Document, words: ValueWords): Form {
  const fields = firstFilled(part.fields);
  const exact = !document.rough && part.sections.every(({ grid }) => grid !== null);
  return {
    definition: part.definition,
    title: part.title,
    headings: part.headings,
    fields,
    tables: part.tables,
    unknown: part.unknown,
    page: document.page,
    photo: photoOf(part.definition, part.sections, fields, document),
    blank: exact && isBlankForm(part, fields, words),
    understood: isUnderstood(part, fields, exact, document.rough ?? false),
    exact,
  };
}

/** A label may stand twice (cover and table): the first filled one speaks, or the first. */
function firstFilled(fields: FieldValue[]): FieldValue[] {
  const byKey = new Map<string, FieldValue>();
  for (const field of fields) {
    const known = byKey.get(field.key);
    if (!known || (known.blank && !field.blank)) byKey.set(field.key, field);
  }
  return [...byKey.values()];
}

/** How many filled fields make a text without cells worth believing. */
const enoughFromText = 3;

/** A list is understood by its table, unless its rows are guessed; a form by its cells, or by some values beside labels. */
function isUnderstood({ definition, tables }: Part, fields: FieldValue[], exact: boolean, rough: boolean): boolean {
  if (isList(definition)) return tables.length > 0 && !rough;
  const filled = fields.filter((field) => !field.blank && isTelling(typeOf(definition, field)));
  return exact || filled.length >= enoughFromText;
}

/**
 * Recognised, but all that was found are labels. A list is blank when its table is there without a row; a list whose
 * table could not be told is not called blank. Opinions and dates may be stamped on a form that nobody filled.
 */
function isBlankForm(part: Part, fields: FieldValue[], words: ValueWords): boolean {
  const { definition, tables } = part;
  if (tables.some(({ rows, declaredNone }) => rows.length > 0 || declaredNone)) return false;
  if (isList(definition)) return tables.length > 0;
  const ours = prefilledIn(part, words);
  const telling = fields.filter(({ label }) => !ours.includes(squeeze(label)));
  return telling
    .filter((field) => isTelling(typeOf(definition, field)))
    .every(({ blank, text }) => blank || isNone(text, words));
}

/** Labels of the fields that we filled in when we sent this form out: it says so itself, and alone they are no answer. */
function prefilledIn({ sections }: Part, { prefilled }: ValueWords): string[] {
  const places = sections.flatMap(({ paragraphs, grid }) => [...paragraphs, ...(grid?.cells ?? [])]);
  const note = places.map(({ text }) => squeeze(text)).find((text) => text.includes(squeeze(prefilled)));
  const labels = note?.slice(note.indexOf(squeeze(prefilled))).match(/[:：](.*?)[,，。]/)?.[1] ?? '';
  return labels.split('、');
}

const isList = ({ fields, tables }: FormDefinition) => tables.length > 0 && fields.every(({ required }) => !required);

const isTelling = (field: FieldDefinition | undefined) =>
  field !== undefined && !['opinion', 'office_opinion', 'photo', 'union', 'date'].includes(field.type);

const typeOf = (definition: FormDefinition, { key }: { key: string }) =>
  definition.fields.find((field) => field.key === key);
