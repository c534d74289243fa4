import { z } from 'zod';
import { code, object, oneOf, someText, wholeNumber, words } from '../config/expect.ts';

/** What a field or column holds; the checks look for types, never for a form by name. */
export const fieldTypes = [
  'text',
  'long_text',
  'person_name',
  'sex',
  'birth',
  'date',
  'start_date',
  'id_number',
  'phone',
  'union',
  'skill_level',
  'award_level',
  'patent_number',
  'patent_type',
  'count',
  'number',
  'sequence',
  'rank',
  'photo',
  'opinion',
  'office_opinion',
] as const;
export type FieldType = (typeof fieldTypes)[number];

const key = someText.regex(/^[a-z][A-Za-z0-9]*$/, { error: '只用字母和数字，以小写字母开头' });
const labelled = {
  key,
  label: someText,
  type: oneOf(fieldTypes),
  synonyms: words.default([]),
  required: z.boolean({ error: '应为 true 或 false' }).default(false),
  /** On the blank form that we make; false for another way of asking the same that only some copies have. */
  printed: z.boolean({ error: '应为 true 或 false' }).default(true),
};

const field = object({
  ...labelled,
  /** The label only counts below or beside one of these group labels (国家级 under 主要荣誉). */
  under: words.optional(),
  /** How many signs an answer usually has. */
  length: object({ min: wholeNumber, max: wholeNumber }).optional(),
  /** This number should equal the rows of that list, or those whose column says so. */
  countsRowsOf: object({ requirement: code, column: key.optional(), is: someText.optional() }).optional(),
});

const column = object({
  ...labelled,
  /** A score sheet comes with its items printed: only this column tells a filled one from a blank one. */
  fills: z.boolean({ error: '应为 true 或 false' }).default(false),
});

const table = object({
  key,
  columns: z.array(column).min(2, { error: '至少要有两列' }),
  printed: z.boolean({ error: '应为 true 或 false' }).default(true),
});

export const formSchema = object({
  titles: words.min(1, { error: '至少要有一个标题' }),
  page: oneOf(['A3', 'A4']).optional(),
  /** Fields that the blank form we make asks on its cover, and what it says about filling it in. */
  cover: z.array(key).default([]),
  notes: words.default([]),
  fields: z.array(field).default([]),
  tables: z.array(table).default([]),
}).refine((form) => form.fields.length + form.tables.length > 0, { error: '既没有 fields 也没有 tables' });

export type FieldDefinition = z.output<typeof field>;
export type ColumnDefinition = z.output<typeof column>;
export type TableDefinition = z.output<typeof table>;
/** One form of the round. `code` is the file's name. */
export type FormDefinition = z.output<typeof formSchema> & { code: string };
