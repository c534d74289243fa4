import { officeDay } from '../../clock.ts';
import type { Notice } from '../../notice/notice.ts';
import type { Duty } from '../duties.ts';
import type { OfficeFacts } from '../facts.ts';
import { type Move, moveOf } from '../standing.ts';
import { newIn, type Window } from './window.ts';

/** Counts of the round. The four `awaiting…` and `reviewed` add up to all applications. */
export type Totals = {
  newMessages: number;
  applications: number;
  complete: number;
  /** 待补正: something for the union to send or mend. */
  awaitingUnion: number;
  /** 待查看: only files that a person has to look at. */
  awaitingLook: number;
  /** 待审: complete and in time. */
  awaitingReview: number;
  /** 截止后待定: came after the cut-off, a person decides whether to take it. */
  awaitingDecision: number;
  reviewed: number;
  /** All that came after the cut-off, decided or not. */
  late: number;
  /** 需处理: duties other than reviews, which 待审 already counts. */
  needsHandling: number;
  /** Whole days from this day to the last day on time: 0 on that day, negative after it. */
  daysLeft: number;
};

export function totalsOf(facts: OfficeFacts, day: string, window: Window, duties: readonly Duty[]): Totals {
  const { applications, notice } = facts;
  const moves = applications.map((record) => moveOf(record, notice));
  const waitingFor = (move: Move) => moves.filter((each) => each === move).length;
  return {
    newMessages: newIn(window, facts.messages).filter(({ fate }) => fate !== 'before_round').length,
    applications: applications.length,
    complete: applications.filter(({ complete }) => complete).length,
    awaitingUnion: waitingFor('union'),
    awaitingLook: waitingFor('look'),
    awaitingReview: waitingFor('review'),
    awaitingDecision: waitingFor('late'),
    reviewed: waitingFor('decided'),
    late: applications.filter(({ timeliness }) => timeliness !== 'on_time').length,
    needsHandling: duties.filter(({ kind }) => kind !== 'review').length,
    daysLeft: daysLeft(day, notice),
  };
}

/** The last instant on time lies just before the cut-off, and its day is the last day. */
function daysLeft(day: string, { deadline }: Notice): number {
  const last = officeDay(new Date(deadline.cutOff.getTime() - 1));
  return Math.round((Date.UTC(last.year, last.month - 1, last.day) - Date.parse(`${day}T00:00:00Z`)) / 86_400_000);
}
