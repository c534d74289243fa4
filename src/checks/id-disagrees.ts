import { type FieldValue, type Form, fieldOf } from '../forms/form.ts';
import { readSex } from '../forms/values/count.ts';
import { dateOf, sayDate } from '../forms/values/date.ts';
import { readIdNumber } from '../forms/values/id-number.ts';
import type { FieldType } from '../notice/form-schema.ts';
import { type Check, filledForms, finding } from './check.ts';

/** Digits 7–14 of the ID number are the birth date, digit 17 is odd for men: both must fit what the form says. */
export const idDisagrees: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const number = filled(form, 'id_number');
    const read = number ? readIdNumber(number.text, number.value) : null;
    if (read?.kind !== 'valid') return [];
    const report = (field: FieldValue, 应为: string) =>
      finding(
        'id_disagrees',
        { requirement, material, location: field.location, seen: field.text, words: { 栏目: field.label, 应为 } },
        notice,
      );
    const birth = filled(form, 'birth');
    const date = birth ? dateOf(birth) : null;
    const sex = filled(form, 'sex');
    const said = sex ? readSex(sex.text) : null;
    const wrongDate =
      date &&
      (date.year !== read.birth.year ||
        (date.month !== null && date.month !== read.birth.month) ||
        (date.day !== null && date.day !== read.birth.day));
    return [
      ...(birth && wrongDate
        ? [report(birth, sayDate({ ...read.birth, day: date.day === null ? null : read.birth.day }))]
        : []),
      ...(sex && said && said !== read.sex ? [report(sex, read.sex)] : []),
    ];
  });

function filled(form: Form, type: FieldType): FieldValue | null {
  const definition = form.definition.fields.find((field) => field.type === type);
  const field = definition ? fieldOf(form, definition.key) : null;
  return field && !field.blank ? field : null;
}
