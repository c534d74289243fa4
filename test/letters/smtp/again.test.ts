import { describe, expect, test } from '@jest/globals';
import { afterTries, goesOnAt } from '../../../src/letters/smtp/again.ts';
import type { Outcome } from '../../../src/letters/smtp/answer.ts';
import { sortOutcome } from '../../../src/letters/smtp/answers.ts';

const answer = (text: string) =>
  sortOutcome({ stage: 'letter', reply: { code: Number(text.slice(0, 3)), text }, trouble: '', handedOver: true });
const silence: Outcome = { stage: 'letter', reply: null, trouble: 'ETIMEDOUT', handedOver: true };

describe('the same answer met again', () => {
  test.each([
    [1, 15],
    [2, 30],
    [4, 120],
    [5, 240],
    [6, 240],
    [500, 240],
  ])('a frequency limit at try %i: %i minutes', (tries, minutes) => {
    expect(afterTries(answer('450 MI:CEL'), tries)).toMatchObject({ next: 'retry', afterMinutes: minutes });
  });

  test('perhaps spam: three tries, three minutes apart, then a person', () => {
    expect([1, 2].map((tries) => afterTries(answer('451 DT:SPM'), tries))).toMatchObject([
      { next: 'retry', afterMinutes: 3 },
      { next: 'retry', afterMinutes: 3 },
    ]);
    const last = afterTries(answer('451 DT:SPM'), 3);
    expect(last).toMatchObject({ next: 'never', afterMinutes: null });
    expect(last.forPerson).toMatch(/^已试发 3 次仍未成功/);
  });

  test('three silences after DATA are a person’s, still marked as perhaps sent', () => {
    expect(afterTries(sortOutcome(silence), 2)).toMatchObject({ next: 'retry', afterMinutes: 4, uncertain: true });
    expect(afterTries(sortOutcome(silence), 3)).toMatchObject({ next: 'never', uncertain: true });
  });

  test('what is no retry stays as it is', () => {
    for (const text of ['250 OK', '535 no', '550 MI:STC', '451 MI:SFQ', '550 Invalid User'])
      expect(afterTries(answer(text), 9)).toEqual(answer(text));
  });
});

describe('when it goes on', () => {
  const now = new Date('2018-07-18T23:59:30+08:00');
  test.each([
    ['250 OK', null],
    ['535 no', null],
    ['550 Invalid User', null],
    ['451 MI:SFQ', '2018-07-19T00:15:30+08:00'],
    ['450 MI:CEL', '2018-07-19T00:14:30+08:00'],
    ['550 MI:STC', '2018-07-19T00:10:00+08:00'],
  ])('%s at 23:59:30: %s', (text, at) => {
    expect(goesOnAt(answer(text), now)).toEqual(at && new Date(at));
  });

  test('a limit met at five past midnight is that new day’s own: it waits until the next', () => {
    expect(goesOnAt(answer('554 MI:STC'), new Date('2018-07-19T00:05:00+08:00'))).toEqual(
      new Date('2018-07-20T00:10:00+08:00'),
    );
  });
});
