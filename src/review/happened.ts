import { createHash } from 'node:crypto';
import type { CheckedApplication, RequirementState } from '../application/application.ts';
import { materialsOf, openQuestionsOf } from '../application/application.ts';
import type { DoneAct } from './acts.ts';

/** What happened to an application, as data; `reports/history.ts` says it in Chinese. */
export type Happened =
  | MailHappened
  /** What the checks find now: states that changed (`before` null: looked at for the first time), findings come and gone. */
  | { kind: 'state'; states: StateChange[]; found: number; settled: number }
  /** `edit_dropped`: an unsent letter's own words went with the state they told of. */
  | { kind: 'letter'; what: 'written' | 'edit_dropped'; letter: string }
  | { kind: 'act'; act: string };

/** A mail came into the application, or left it for another. `brought`: by whom of the staff. */
export type MailHappened = {
  kind: 'mail';
  mail: string;
  subject: string;
  from: string;
  brought: string | null;
  left: boolean;
};

export type StateChange = { requirement: string; before: RequirementState | null; after: RequirementState };

/** A line of the history as it is kept; `version` is the one that it made. */
export type Happening = Happened & { at: Date; version: number };

/** What an application was when it was last looked at. */
export type Before = Pick<CheckedApplication, 'requirements' | 'findings'> & { isNew: boolean };

/** How what the checks say differs from before; null when it does not. */
export function stateHappened(before: Before, { requirements, findings }: CheckedApplication): Happened | null {
  const states = Object.entries(requirements).flatMap(([requirement, { state: after }]): StateChange[] => {
    const known = before.isNew ? null : (before.requirements[requirement]?.state ?? null);
    return known === after ? [] : [{ requirement, before: known, after }];
  });
  const [then, now] = [before.findings, findings].map((list) =>
    list.map((each) => JSON.stringify([each.code, each.requirement, each.evidence])),
  );
  const found = (now ?? []).filter((each) => !then?.includes(each)).length;
  const settled = (then ?? []).filter((each) => !now?.includes(each)).length;
  return states.length + found + settled === 0 ? null : { kind: 'state', states, found, settled };
}

/**
 * Names all that a person who looks at the application sees of it: whenever this changes, its version is raised.
 *
 * @param checked null when it holds nothing
 * @param holds its shares, and those that may belong to it, by origin
 */
export function contentKey(
  checked: CheckedApplication | null,
  holds: readonly string[],
  acts: readonly DoneAct[],
  mergedInto: string | null,
): string {
  const seen = checked && {
    union: checked.union,
    nominee: checked.nominee,
    timeliness: checked.timeliness,
    requirements: checked.requirements,
    findings: checked.findings,
    dismissed: checked.dismissed,
    materials: materialsOf(checked).map(({ requirement, part, file, sha256, insideForm }) => [
      requirement,
      part,
      file,
      sha256,
      insideForm,
    ]),
    open: openQuestionsOf(checked).map(({ why, file, sha256, mightBe }) => [why, file, sha256, mightBe]),
  };
  const all = { seen, holds, acts: acts.map(({ id, undoneBy }) => [id, undoneBy]), mergedInto };
  return createHash('sha256').update(JSON.stringify(all)).digest('hex');
}
