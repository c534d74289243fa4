import { rowsOf, type Value } from '../forms/form.ts';
import { isClippedMonth } from '../forms/values/date.ts';
import { type Check, filledForms, finding } from './check.ts';

const dates = new Set(['birth', 'date', 'start_date']);

/** A month that Excel may have clipped: the union typed what it was asked for, so staff alone are told. */
export const dateUnclear: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const { fields, tables } = form.definition;
    const tell = (said: Value, label: string, row: string) => {
      const words = { 栏目: label, 行: row };
      return finding(
        'date_unclear',
        { requirement, material, location: said.location, seen: said.text, words },
        notice,
      );
    };
    const inFields = fields.flatMap(({ key, type, label }) => {
      const said = dates.has(type) ? form.fields.find((field) => field.key === key) : undefined;
      return said && isClippedMonth(said) ? [tell(said, label, '')] : [];
    });
    const columns = (tables[0]?.columns ?? []).filter(({ type }) => dates.has(type));
    const inRows = rowsOf(form).flatMap(({ ordinal, cells }) =>
      columns.flatMap(({ key, label }) => {
        const said = cells[key];
        return said && isClippedMonth(said) ? [tell(said, label, `第${ordinal}项`)] : [];
      }),
    );
    return [...inFields, ...inRows];
  });
