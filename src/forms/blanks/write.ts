import type { FormDefinition } from '../../notice/form-schema.ts';
import type { Notice } from '../../notice/notice.ts';
import { type Known, layBlank } from './layout.ts';
import { blankSheet } from './sheet.ts';
import { blankWord } from './word.ts';

export type BlankFormat = 'docx' | 'xlsx';

/**
 * Makes a form of the round to be filled in, with what is known already.
 *
 * @param known fields by key and, for tests, rows; the form says itself which fields were filled in for the union
 * @returns the file; the same input gives the same bytes, so that a letter can be made again
 */
export function writeBlank(
  definition: FormDefinition,
  format: BlankFormat,
  { words }: Pick<Notice, 'words'>,
  known: Known = { fields: {} },
): Promise<Buffer> {
  const form = layBlank(definition, known, words.values.prefilled);
  return format === 'docx' ? blankWord(form) : blankSheet(form);
}

/** Lists are kept in Excel, forms with long answers in Word. */
export const usualFormat = ({ tables, fields }: FormDefinition): BlankFormat =>
  tables.some(({ printed }) => printed) && fields.every(({ required }) => !required) ? 'xlsx' : 'docx';
