import { isBlank } from '../forms/blank.ts';
import { rowsOf } from '../forms/form.ts';
import { type Check, type CheckContext, type CurrentForm, filledForms, finding } from './check.ts';

/**
 * A field or column that this copy of the form has and leaves empty in an otherwise filled form or row. A label that the
 * copy lacks is never demanded.
 */
export const fieldBlank: Check = (application, context) =>
  filledForms(application, context.notice).flatMap((current) => [
    ...blankFields(current, context),
    ...blankColumns(current, context),
  ]);

function blankFields({ requirement, material, form }: CurrentForm, { notice }: CheckContext) {
  const required = form.definition.fields.filter((field) => field.required);
  return required.flatMap(({ key, label }) => {
    const field = form.fields.find((found) => found.key === key);
    if (!field?.blank) return [];
    return [
      finding(
        'field_blank',
        {
          requirement,
          material,
          location: field.location,
          seen: '',
          words: { 栏目: named(field.label) || label, 行: '' },
        },
        notice,
      ),
    ];
  });
}

/** The field as this copy of the form calls it, which is where the union will look for it: 手机号码. */
const named = (label: string) => label.replace(/^[*★]+|[:：*★]+$/g, '');

function blankColumns({ requirement, material, form }: CurrentForm, { notice }: CheckContext) {
  const columns = form.definition.tables[0]?.columns.filter((column) => column.required) ?? [];
  return rowsOf(form).flatMap(({ ordinal, cells }) =>
    columns.flatMap(({ key, label, type }) => {
      const cell = cells[key];
      if (!cell || !isBlank(cell.text, type, notice.words.values)) return [];
      return [
        finding(
          'field_blank',
          { requirement, material, location: cell.location, seen: '', words: { 栏目: label, 行: `第${ordinal}项` } },
          notice,
        ),
      ];
    }),
  );
}
