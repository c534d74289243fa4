import { statusOf } from '../application/status.ts';
import { type Check, finding } from './check.ts';

/** Clause 七（一）–（六）: each material is asked for. Only when every attachment was opened or named is it "missing". */
export const materialMissing: Check = (application, { notice }) =>
  notice.requirements
    .filter((requirement) => statusOf(application, requirement).state === 'missing')
    .map((requirement) => finding('material_missing', { requirement, words: { 需要: requirement.need } }, notice));
