import { squeeze } from '../text/squeeze.ts';
import { type Check, filledForms, finding } from './check.ts';

/**
 * A story far shorter or longer than asked for (`length` of a field). The notice of 2018 gives no figure, and neighbours ask
 * for about two thousand signs, so this is for staff only.
 */
export const textLength: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) =>
    form.definition.fields.flatMap(({ key, label, length }) => {
      const field = length ? form.fields.find((found) => found.key === key && !found.blank) : undefined;
      const signs = [...squeeze(field?.text ?? '')].length;
      if (!field || !length || (signs >= length.min && signs <= length.max)) return [];
      const words = { 栏目: label, 字数: signs, 应为: `${length.min}～${length.max}字` };
      return [finding('length_unusual', { requirement, material, location: field.location, words }, notice)];
    }),
  );
