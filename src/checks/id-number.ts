import { readIdNumber } from '../forms/values/id-number.ts';
import { type Check, filledForms, finding } from './check.ts';

/** The ID number as GB 11643 makes it; a number that a workbook rounded is told apart from one mistyped. */
export const idNumber: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) =>
    form.definition.fields.flatMap(({ key, type, label }) => {
      const field = type === 'id_number' ? form.fields.find((found) => found.key === key && !found.blank) : undefined;
      if (!field) return [];
      const read = readIdNumber(field.text, field.value);
      if (read.kind === 'valid') return [];
      const words = { 栏目: label, 原因: read.kind === 'invalid' ? read.reason : '' };
      return [
        finding(
          read.kind === 'truncated' ? 'id_number_truncated' : 'id_number_invalid',
          { requirement, material, location: field.location, seen: hide(field.text), words },
          notice,
        ),
      ];
    }),
  );

/** A wrong number is still nearly somebody's: only its ends are shown. */
function hide(text: string): string {
  const bare = text.replace(/\s/g, '');
  return bare.length <= 8
    ? '*'.repeat(bare.length)
    : `${bare.slice(0, 4)}${'*'.repeat(bare.length - 6)}${bare.slice(-2)}`;
}
