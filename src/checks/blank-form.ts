import { currentOf } from '../application/current.ts';
import { type Check, finding } from './check.ts';

/** A template sent back unfilled is neither missing nor present: clause 七 asks for the filled form. */
export const blankForm: Check = (application, { notice }) =>
  notice.requirements.flatMap((requirement) => {
    const { form: material } = currentOf(application, requirement.code);
    return material?.form?.blank ? [finding('blank_form', { requirement, material }, notice)] : [];
  });
