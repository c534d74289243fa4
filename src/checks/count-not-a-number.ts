import { isNone } from '../forms/blank.ts';
import { rowsOf, type Value } from '../forms/form.ts';
import type { FieldType } from '../notice/form-schema.ts';
import { type Check, type CurrentForm, filledForms, finding } from './check.ts';

/** Clause 七（四） asks for a sheet in figures: 若干 and 多项 count nothing. A text with any figure in it is not complained of. */
export const countNotANumber: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap((current) =>
    [...fields(current), ...scores(current)]
      .filter(({ value: { text } }) => text !== '' && !isNone(text, notice.words.values) && !hasFigure(text))
      .map(({ label, value: { location, text } }) => {
        const { requirement, material } = current;
        return finding(
          'count_not_a_number',
          { requirement, material, location, seen: text, words: { 栏目: label } },
          notice,
        );
      }),
  );

type Stated = { label: string; value: Value };

const inFigures: ReadonlySet<FieldType> = new Set(['count', 'number']);
const hasFigure = (text: string) => /[\d０-９零〇一二两三四五六七八九十百壹贰叁]/.test(text);

const fields = ({ form }: CurrentForm): Stated[] =>
  form.definition.fields
    .filter(({ type }) => inFigures.has(type))
    .flatMap(({ key, label }) =>
      form.fields.filter((field) => field.key === key && !field.blank).map((value) => ({ label, value })),
    );

const scores = ({ form }: CurrentForm): Stated[] =>
  (form.definition.tables[0]?.columns ?? [])
    .filter(({ type }) => inFigures.has(type))
    .flatMap(({ key, label }) =>
      rowsOf(form).flatMap(({ cells }) => (cells[key] ? [{ label, value: cells[key] }] : [])),
    );
