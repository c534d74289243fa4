import { currentOf } from '../application/current.ts';
import { type Check, finding } from './check.ts';

/**
 * A template sent back unfilled is neither missing nor present: clause 七 asks for the filled form. A list left empty may
 * mean that there is nothing to list, so what is wanted is said as for one that did not come: 确无……的，请填“无”.
 */
export const blankForm: Check = (application, { notice }) =>
  notice.requirements.flatMap((requirement) => {
    const { form: material } = currentOf(application, requirement.code);
    return material?.form?.blank
      ? [finding('blank_form', { requirement, material, words: { 需要: requirement.need } }, notice)]
      : [];
  });
