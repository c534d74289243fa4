import { applicationDuties } from './duties/applications.ts';
import type { Duty } from './duties/duty.ts';
import { letterDuties } from './duties/letters.ts';
import { mailboxDuties } from './duties/mailbox.ts';
import { messageDuties } from './duties/messages.ts';
import type { OfficeFacts } from './facts.ts';

export type { Duty, DutyKind } from './duties/duty.ts';

/**
 * All that awaits a person, most urgent first: by kind (`dutyKinds`), then what is due first, then what has waited
 * longest. The morning's digest and `shouli queue` tell the same list.
 */
export function dutiesOf(facts: OfficeFacts): Duty[] {
  const all = [mailboxDuties, letterDuties, messageDuties, applicationDuties].flatMap((ask) => ask(facts));
  return all.sort((a, b) => a.urgency - b.urgency || dueTime(a) - dueTime(b) || a.since.getTime() - b.since.getTime());
}

/** Without a date it comes after all that have one; never Infinity, whose difference with itself sorts nothing. */
const dueTime = ({ due }: Duty) => due?.getTime() ?? Number.MAX_SAFE_INTEGER;
