import { dateOf, isDuration } from '../forms/values/date.ts';
import { type Check, filledForms, finding } from './check.ts';

/** Annex 1, remark 2: 从事现岗位工作时间 is when the work began; `12年` answers another question. */
export const startDate: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) =>
    form.definition.fields.flatMap(({ key, type, label }) => {
      const field = type === 'start_date' ? form.fields.find((found) => found.key === key && !found.blank) : undefined;
      if (!field || (!isDuration(field.text) && dateOf(field))) return [];
      return [
        finding(
          'start_date_not_a_date',
          { requirement, material, location: field.location, seen: field.text, words: { 栏目: label } },
          notice,
        ),
      ];
    }),
  );
