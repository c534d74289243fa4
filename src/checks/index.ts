import type { Application, CheckedApplication, Finding, RequirementStatus } from '../application/application.ts';
import { allThere, statusOfAll } from '../application/status.ts';
import { awardLevel } from './award-level.ts';
import { blankForm } from './blank-form.ts';
import { certificates } from './certificates.ts';
import type { Check, CheckContext } from './check.ts';
import { countDisagrees } from './count-disagrees.ts';
import { countNotANumber } from './count-not-a-number.ts';
import { dateImplausible } from './date-implausible.ts';
import { dateUnclear } from './date-unclear.ts';
import { duplicateNominee } from './duplicate-nominee.ts';
import { encryptedFile } from './encrypted-file.ts';
import { evidenceShared } from './evidence-shared.ts';
import { fieldBlank } from './field-blank.ts';
import { formOlderYear } from './form-older-year.ts';
import { idCard } from './id-card.ts';
import { idDisagrees } from './id-disagrees.ts';
import { idNumber } from './id-number.ts';
import { letterSays } from './letter-says.ts';
import { materialMissing } from './material-missing.ts';
import { officeOpinion } from './office-opinion.ts';
import { overQuota } from './over-quota.ts';
import { ownRank } from './own-rank.ts';
import { pageSize } from './page-size.ts';
import { patents } from './patents.ts';
import { personDisagrees } from './person-disagrees.ts';
import { photoPlace } from './photo-place.ts';
import { photoQuality } from './photo-quality.ts';
import { skillLevel } from './skill-level.ts';
import { startDate } from './start-date.ts';
import { textLength } from './text-length.ts';
import { unionUnknown } from './union-unknown.ts';
import { wrongForm } from './wrong-form.ts';

/** Every check, in the order in which a letter and a page tell of them. A new check is a file here and a line in this list. */
const checks: readonly Check[] = [
  materialMissing,
  wrongForm,
  blankForm,
  certificates,
  fieldBlank,
  idNumber,
  patents,
  encryptedFile,
  idDisagrees,
  startDate,
  dateImplausible,
  countNotANumber,
  countDisagrees,
  personDisagrees,
  formOlderYear,
  photoQuality,
  photoPlace,
  idCard,
  skillLevel,
  awardLevel,
  ownRank,
  dateUnclear,
  textLength,
  overQuota,
  unionUnknown,
  pageSize,
  officeOpinion,
  letterSays,
  duplicateNominee,
  evidenceShared,
];

/** Looks an application over: each requirement's state, all findings, and whether it is complete. */
export function check(application: Application, context: CheckContext): CheckedApplication {
  return concluded(application, findingsOf(application, context), context);
}

/** What the checks find, in their order. */
export const findingsOf = (application: Application, context: CheckContext): Finding[] =>
  checks.flatMap((each) => each(application, context));

/** How the requirements stand when these findings are held against the application. */
export function concluded(
  application: Application,
  findings: Finding[],
  { notice }: Pick<CheckContext, 'notice'>,
): CheckedApplication {
  const requirements = withBlocking(statusOfAll(application, notice), findings);
  return { ...application, requirements, findings, dismissed: [], complete: isComplete(requirements, findings) };
}

/** Everything there or accounted for, and nothing to mend. */
export const isComplete = (requirements: Record<string, RequirementStatus>, findings: readonly Finding[]) =>
  allThere(requirements) && !findings.some(({ severity }) => severity === 'blocking');

/** What is there but must be mended is `needs_fix`, whatever else it would be. */
function withBlocking(
  requirements: Record<string, RequirementStatus>,
  findings: readonly Finding[],
): Record<string, RequirementStatus> {
  const blocked = new Set(
    findings.filter(({ severity }) => severity === 'blocking').map(({ requirement }) => requirement),
  );
  return Object.fromEntries(
    Object.entries(requirements).map(([code, status]) => {
      const there = status.state === 'present' || status.state === 'declared_none' || status.state === 'on_paper';
      return [code, there && blocked.has(code) ? { ...status, state: 'needs_fix' as const } : status];
    }),
  );
}
