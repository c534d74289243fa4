import type {
  Application,
  CheckedApplication,
  DismissedFinding,
  Finding,
  RequirementStatus,
  SaidBy,
} from '../application/application.ts';
import type { CheckContext } from '../checks/check.ts';
import { concluded, findingsOf, isComplete } from '../checks/index.ts';
import type { DoneAct } from './acts.ts';
import { findingKey } from './finding-key.ts';
import { inForce, saidBy } from './said.ts';

/**
 * Checks an application and lets people's words count: findings they dismissed and requirements they accepted are not
 * held against it, but stay to be seen.
 *
 * @param application as it is with files and names as people set them (overlay.ts)
 * @param acts all acts on it, in order
 */
export function examine(application: Application, acts: readonly DoneAct[], context: CheckContext): CheckedApplication {
  const accepted = acceptances(acts);
  const judged = findingsOf(application, context).map((finding) => judge(finding, application, accepted, acts));
  const dismissed = judged.filter((finding): finding is DismissedFinding => 'dismissedBy' in finding);
  const findings = judged.filter((finding) => !('dismissedBy' in finding));
  const checked = concluded(application, findings, context);
  const requirements = Object.fromEntries(
    Object.entries(checked.requirements).map(([code, status]) => {
      const said = accepted.get(code) ?? allDismissed(code, status, findings, dismissed);
      return [
        code,
        { ...status, ...(said ? { state: 'present' as const, acceptedBy: said } : {}), ...paper(code, acts) },
      ];
    }),
  );
  return { ...checked, requirements, dismissed, complete: isComplete(requirements, findings) };
}

const acceptances = (acts: readonly DoneAct[]): Map<string, SaidBy> =>
  new Map(inForce(acts, 'accept_requirement').map((act) => [act.deed.requirement, saidBy(act, act.deed.reason)]));

/** The finding with its key; with who set it aside, when somebody did. */
function judge(
  finding: Finding,
  application: Application,
  accepted: ReadonlyMap<string, SaidBy>,
  acts: readonly DoneAct[],
): Finding | DismissedFinding {
  const key = findingKey(finding, application);
  const act = inForce(acts, 'dismiss_finding').findLast(({ deed }) => deed.finding === key);
  if (act) return { ...finding, key, dismissedBy: saidBy(act, act.deed.reason) };
  const said = finding.severity === 'blocking' ? accepted.get(finding.requirement ?? '') : undefined;
  return said ? { ...finding, key, dismissedBy: said } : { ...finding, key };
}

/** What would be asked for, but every finding that asks was dismissed: who dismissed the last took it as it is. */
function allDismissed(
  code: string,
  { state }: RequirementStatus,
  findings: readonly Finding[],
  dismissed: readonly DismissedFinding[],
): SaidBy | null {
  if (state !== 'missing' && state !== 'blank_form' && state !== 'needs_fix') return null;
  const asks = ({ severity, requirement }: Finding) => severity === 'blocking' && requirement === code;
  return findings.some(asks) ? null : (dismissed.filter(asks).at(-1)?.dismissedBy ?? null);
}

function paper(code: string, acts: readonly DoneAct[]): Pick<RequirementStatus, 'paper'> {
  const act = inForce(acts, 'paper').findLast(({ deed }) => deed.requirement === code);
  if (!act) return {};
  const { by, at } = saidBy(act, '');
  return { paper: { copies: act.deed.copies, sealSeen: act.deed.sealSeen, by, at } };
}
