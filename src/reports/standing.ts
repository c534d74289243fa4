import type { RequirementState } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import type { ApplicationRecord } from '../store/records.ts';

/** Nobody has decided yet. */
export const isOpen = ({ status }: ApplicationRecord) => status === 'incomplete' || status === 'complete';

const unionsTurn: RequirementState[] = ['missing', 'blank_form', 'needs_fix'];
const staffsTurn: RequirementState[] = ['unreadable', 'behind_link', 'unsure'];

/** Requirements that the union has to send or mend, in the notice's order. */
export const lacking = (record: ApplicationRecord, notice: Notice) => standing(record, notice, unionsTurn);
/** Requirements with a file that only a person can open, fetch or sort. */
export const toLookAt = (record: ApplicationRecord, notice: Notice) => standing(record, notice, staffsTurn);

/** Whose move an application waits for; every application has exactly one. */
export type Move =
  /** Something to send or mend: 待补正. */
  | 'union'
  /** Only files that a person must look at: 待查看. */
  | 'look'
  /** Complete and in time: 待审. */
  | 'review'
  /** Came after the cut-off, whatever it holds; a person decides whether to take it. */
  | 'late'
  /** A person has spoken. */
  | 'decided';

/** @returns the one group that the application stands in */
export function moveOf(record: ApplicationRecord, notice: Notice): Move {
  if (!isOpen(record)) return 'decided';
  if (record.timeliness !== 'on_time') return 'late';
  if (record.status === 'complete') return 'review';
  const asked = lacking(record, notice).length > 0 || record.findings.some(({ severity }) => severity === 'blocking');
  return asked ? 'union' : 'look';
}

function standing({ requirements }: ApplicationRecord, notice: Notice, states: RequirementState[]): Requirement[] {
  return notice.requirements.filter(({ code }) => states.includes(requirements[code]?.state ?? 'missing'));
}
