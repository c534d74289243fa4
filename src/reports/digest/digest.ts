import { officeIso } from '../../clock.ts';
import { isBalanced } from '../balance.ts';
import { type Duty, type DutyKind, dutiesOf } from '../duties.ts';
import type { OfficeFacts } from '../facts.ts';
import { plain } from '../plain.ts';
import { type LettersTold, lettersOf } from './letters.ts';
import { type SetAside, setAsideOf } from './set-aside.ts';
import { type SystemState, systemOf } from './system.ts';
import { type TodaysApplication, todayOf } from './today.ts';
import { type Totals, totalsOf } from './totals.ts';
import { type UnitProgress, unitsOf } from './units.ts';
import { windowOf } from './window.ts';

/** A duty as data: instants as `2018-07-18T15:42:00+08:00`. */
export type DutyTold = {
  kind: DutyKind;
  urgency: number;
  since: string;
  due: string | null;
  number: string | null;
  message: number | null;
  letter: number | null;
  text: string;
  command: string;
};

/** The count beside the server's; `server` null: nobody has counted yet, which is not ok. */
export type BalanceTold = {
  at: string | null;
  folders: { folder: string; server: number; ledger: number }[];
  server: number | null;
  ledger: number;
  byFate: Record<string, number>;
  ok: boolean;
};

/**
 * The daily digest as data (part of the public face, only ever added to): plain JSON without ID numbers or phones, from
 * which text and HTML are written, today or from the database next year.
 */
export type Digest = {
  date: string;
  since: string;
  until: string;
  madeAt: string;
  rehearsal: boolean;
  round: { honour: string; office: string; deadline: string };
  /** Names of the requirements, in the order of the boxes. */
  materials: string[];
  duties: DutyTold[];
  totals: Totals;
  units: UnitProgress[];
  today: TodaysApplication[];
  letters: LettersTold;
  setAside: SetAside[];
  system: SystemState;
  balance: BalanceTold;
};

/**
 * @param facts the office as it stands at `facts.now`: duties, totals and states are told of that moment
 * @param day `2018-07-18`: mails and letters are told of the window that ends on that day (window.ts)
 * @param duties when they are known already
 */
export function digestOf(facts: OfficeFacts, day: string, duties: readonly Duty[] = dutiesOf(facts)): Digest {
  const { notice, now, rehearsal } = facts;
  const window = windowOf(facts, day);
  return {
    date: day,
    since: officeIso(window.since),
    until: officeIso(window.until),
    madeAt: officeIso(now),
    rehearsal,
    round: { honour: notice.honour, office: notice.office.name, deadline: notice.deadline.wording },
    materials: notice.requirements.map(({ name }) => name),
    duties: duties.map((duty) => ({ ...duty, since: officeIso(duty.since), due: duty.due && officeIso(duty.due) })),
    totals: totalsOf(facts, day, window, duties),
    units: unitsOf(facts),
    today: todayOf(facts, window),
    letters: lettersOf(facts, window),
    setAside: setAsideOf(facts, window),
    system: systemOf(facts),
    balance: balanceTold(facts),
  };
}

function balanceTold({ balance, messages }: OfficeFacts): BalanceTold {
  if (balance) {
    const folders = balance.folders.map((each) => ({ ...each, folder: plain(each.folder) }));
    return { ...balance, folders, at: officeIso(balance.at), ok: isBalanced(balance) };
  }
  const byFate = { recorded: 0, set_aside: 0, failed: 0, pending: 0, before_round: 0 };
  for (const { fate } of messages) byFate[fate]++;
  return { at: null, folders: [], server: null, ledger: messages.length, byFate, ok: false };
}
