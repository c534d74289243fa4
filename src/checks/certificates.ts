import { openQuestionsOf } from '../application/application.ts';
import { currentOf } from '../application/current.ts';
import { statusOf } from '../application/status.ts';
import { rowsOf } from '../forms/form.ts';
import { certificatesOf } from '../notice/notice.ts';
import { type Check, finding } from './check.ts';

/**
 * Clause 七（二）, 七（三）: 相应的证书复印件一份 with each list. None at all is asked for; fewer than rows is told
 * along, unless files that nobody has sorted yet may be the rest.
 */
export const certificates: Check = (application, { notice }) =>
  notice.requirements.flatMap((requirement) => {
    const { state, certificates: count = 0 } = statusOf(application, requirement);
    const { form: material } = currentOf(application, requirement.code);
    const certificate = certificatesOf(requirement);
    if (requirement.kind !== 'list' || !material?.form || !certificate) return [];
    const rows = rowsOf(material.form).length;
    const about = { requirement, material, words: { 项数: rows, 证书: certificate.name, 证书数: count } };
    if (state === 'needs_fix') return [finding('certificates_missing', about, notice)];
    const unsorted = openQuestionsOf(application).some(({ mightBe }) => mightBe.includes(requirement.code));
    return state === 'present' && count > 0 && count < rows && !unsorted
      ? [finding('certificates_fewer', about, notice)]
      : [];
  });
