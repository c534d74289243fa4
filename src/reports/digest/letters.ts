import type { LetterRecord } from '../../store/records.ts';
import { standingUndelivered } from '../duties/letters.ts';
import type { OfficeFacts } from '../facts.ts';
import { plain } from '../plain.ts';
import { type Window, within } from './window.ts';

/** Letters that left in the window, and those that have not. Digests are not counted. */
export type LettersTold = {
  sent: Record<string, number>;
  due: number;
  held: number;
  undelivered: { kind: LetterRecord['kind']; number: string | null; state: 'failed' | 'bounced'; reason: string }[];
};

export function lettersOf(facts: OfficeFacts, window: Window): LettersTold {
  const letters = facts.letters.filter(({ kind }) => kind !== 'digest');
  const left = letters.filter(({ sentAt }) => sentAt !== null && within(window, sentAt));
  const sent: Record<string, number> = {};
  for (const { kind } of left) sent[kind] = (sent[kind] ?? 0) + 1;
  const inState = (wanted: string) => letters.filter(({ state }) => state === wanted).length;
  return {
    sent,
    due: inState('due') + inState('sending'),
    held: inState('held'),
    undelivered: standingUndelivered(letters).map(({ kind, number, state, reason }) => ({
      kind,
      number,
      state: state === 'bounced' ? 'bounced' : 'failed',
      reason: plain(reason ?? ''),
    })),
  };
}
