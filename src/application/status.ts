import { certificatesOf, type Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import {
  type Application,
  materialsOf,
  openQuestionsOf,
  type RequirementState,
  type RequirementStatus,
} from './application.ts';
import { type Current, currentOf } from './current.ts';
import type { OpenQuestion } from './material.ts';

/**
 * How a requirement stands before any check has looked inside: from what is there and what is still unknown. Nothing is
 * `missing` while a file that might be it is unread, behind a link or unsorted (docs/decisions/0003).
 */
export function statusOf(application: Application, requirement: Requirement): RequirementStatus {
  const current = currentOf(application, requirement.code);
  const used = [current.form, ...current.certificates, current.photo].filter((material) => material !== null);
  const counts = {
    ...(requirement.kind === 'list' && current.form ? { rows: current.form.form?.tables[0]?.rows.length ?? 0 } : {}),
    ...(certificatesOf(requirement)
      ? { certificates: current.certificates.reduce((sum, { pieces }) => sum + pieces, 0) }
      : {}),
  };
  return {
    state: stateOf(application, requirement, current),
    files: [...new Set(used.map(({ file }) => file))],
    ...counts,
  };
}

function stateOf(
  application: Application,
  requirement: Requirement,
  { form, certificates, photo }: Current,
): RequirementState {
  const { kind, code } = requirement;
  if (kind === 'photo') return photo ? 'present' : absent(application, code);
  if (kind === 'certificates')
    return certificates.length > 0 ? 'present' : onPaper(application, code) ? 'on_paper' : absent(application, code);
  if (!form?.form) return form?.assignedBy ? 'present' : absent(application, code); // a person looked where nothing could be read
  if (form.form.blank) return 'blank_form';
  if (kind === 'form') return 'present';
  if (form.form.tables[0]?.declaredNone) return 'declared_none';
  if (certificates.length > 0 || !certificatesOf(requirement)) return 'present';
  return onPaper(application, code) ? 'on_paper' : unlessOpen(application, code, 'needs_fix');
}

export function statusOfAll(
  application: Application,
  notice: Pick<Notice, 'requirements'>,
): Record<string, RequirementStatus> {
  return Object.fromEntries(
    notice.requirements.map((requirement) => [requirement.code, statusOf(application, requirement)]),
  );
}

/** Complete: every requirement present, declared none or on paper. Blocking findings are counted by the caller's states. */
export function allThere(requirements: Record<string, RequirementStatus>): boolean {
  return Object.values(requirements).every(
    ({ state }) => state === 'present' || state === 'declared_none' || state === 'on_paper',
  );
}

const onPaper = (application: Application, code: string) =>
  application.shares.some((share) => share.onPaper.includes(code));

/** Nothing there; a file that only claims to be it by name has to be exchanged (`wrong_form`). */
function absent(application: Application, code: string): RequirementState {
  const misnamed = materialsOf(application).some(({ namedAs }) => namedAs === code);
  return unlessOpen(application, code, misnamed ? 'needs_fix' : 'missing');
}

/** The third answer: what lies unread or unsorted decides before an absence is claimed. */
function unlessOpen(application: Application, code: string, otherwise: RequirementState): RequirementState {
  const order: OpenQuestion['why'][] = ['unreadable', 'behind_link', 'unsure'];
  const open = openQuestionsOf(application).filter(({ mightBe }) => mightBe.includes(code));
  return order.find((why) => open.some((question) => question.why === why)) ?? otherwise;
}
