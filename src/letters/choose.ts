import type { CheckedApplication } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';
import type { LetterChoice } from './letter.ts';

const demanded = new Set(['missing', 'blank_form', 'needs_fix']);

/**
 * Which letter fits, the first that does: late or at the boundary, something to ask for, or thanks. A
 * demand after the cut-off names no date and waits for a person: the machine asks nobody for what may be too late.
 *
 * @param now office time at which the letter falls due
 */
export function chooseLetter(
  application: CheckedApplication,
  notice: Pick<Notice, 'deadline'>,
  now: Date,
): LetterChoice {
  if (application.timeliness !== 'on_time') return { kind: 'late_notice', dated: true, held: false };
  if (!asksForSomething(application)) return { kind: 'receipt', dated: false, held: false };
  const inTime = now < notice.deadline.cutOff;
  return { kind: 'correction_request', dated: inTime, held: !inTime };
}

function asksForSomething({ requirements, findings }: CheckedApplication): boolean {
  return (
    Object.values(requirements).some(({ state }) => demanded.has(state)) ||
    findings.some(({ severity }) => severity === 'blocking')
  );
}
