import { describe, expect, test } from '@jest/globals';
import type { Deed, DoneAct, Found } from '../../src/review/acts.ts';
import { placesSaid } from '../../src/review/placing.ts';

let count = 0;
const act = (deed: Deed, found: Found = {}, isUndone = false): DoneAct => {
  count += 1;
  return {
    ...{ id: `A/${count}`, deed, by: 'wang', note: null, at: new Date(0), version: 1, found },
    undoneBy: isUndone ? 'A/99' : null,
  };
};
const split = (to: string, from: string, isUndone = false) =>
  act({ kind: 'split', number: from, share: 'm#0', to }, { from, to }, isUndone);
const merge = (number: string, into: string, isUndone = false, shares = ['m#0']) =>
  act({ kind: 'merge', number, into }, { shares, kept: [] }, isUndone);
const place = (to: string, isUndone = false) => act({ kind: 'place', share: 'm#0', to }, { to }, isUndone);
const bring = (number: string) => act({ kind: 'bring', number, mail: 'm', files: ['a.jpg'], to: null });

describe('where a share belongs, as people said', () => {
  test.each<[string, DoneAct[], string | null]>([
    ['nobody spoke', [], null],
    ['split off', [split('B', 'A')], 'B'],
    ['split off, taken back: where it came from', [split('B', 'A', true)], 'A'],
    ['split off twice: the later word', [split('B', 'A'), split('C', 'B')], 'C'],
    ['the later word taken back', [split('B', 'A'), split('C', 'B', true)], 'B'],
    ['the earlier word taken back', [split('B', 'A', true), split('C', 'B')], 'C'],
    ['placed', [place('A')], 'A'],
    ['placed, taken back: as if nobody had spoken', [place('A', true)], null],
    ['brought for an application', [bring('A')], 'A'],
    ['brought, then split off', [bring('A'), split('B', 'A')], 'B'],
    ['went with a merging', [merge('A', 'B')], 'B'],
    ['went, and came back', [merge('A', 'B', true)], 'A'],
    ['was not there when they were merged', [merge('A', 'B', false, ['other#0'])], null],
  ])('%s', (_, acts, expected) => {
    expect(placesSaid(acts).of('m#0')).toBe(expected);
  });

  test('another share of the same mail is nobody’s, unless the mail was brought', () => {
    expect([placesSaid([split('B', 'A')]).of('m#1'), placesSaid([bring('A')]).of('m#1')]).toEqual([null, 'A']);
  });
});

describe('what stands for an application', () => {
  test.each<[string, DoneAct[], string]>([
    ['itself', [], 'A'],
    ['what it was merged into', [merge('A', 'B')], 'B'],
    ['what that was merged into', [merge('A', 'B'), merge('B', 'C')], 'C'],
    ['itself again', [merge('A', 'B', true), merge('B', 'C')], 'A'],
    ['itself, though the other was merged away and back', [merge('B', 'A'), merge('A', 'C', true)], 'A'],
  ])('%s', (_, acts, expected) => {
    expect(placesSaid(acts).standing('A')).toBe(expected);
  });
});
