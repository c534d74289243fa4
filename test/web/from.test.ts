import { describe, expect, test } from '@jest/globals';
import { backTo, cameFrom } from '../../src/web/from.ts';
import { numberOf } from '../../src/web/pages/application/deeds.ts';

describe('the page that a form was sent from', () => {
  test.each([
    ['http://desk:8126/applications/A-1?move=review', '/applications/A-1?move=review'],
    ['http://desk:8126/', '/'],
    ['http://elsewhere:8126/applications', null],
    ['http://desk:8126//elsewhere/applications', null],
    ['not an address', null],
    [undefined, null],
  ])('%s → %s', (referer, page) => {
    expect(cameFrom(referer, 'desk:8126')).toBe(page);
  });

  test('is come back to with its filter and what was looked at, without what is told once', () => {
    const here = '/applications/A-1';
    expect(backTo(`${here}?move=review&file=a&did=A-1%2F3&full=1`, here)).toBe(`${here}?move=review&file=a`);
    expect(backTo(`${here}?done=A-2`, here)).toBe(here);
    expect(backTo('/applications/A-2?move=review', here)).toBe(here);
    expect(backTo(null, here)).toBe(here);
    expect([backTo('//', here), backTo(`http://elsewhere${here}?q=1`, here)]).toEqual([here, `${here}?q=1`]);
  });
});

test.each([
  ['12', 'JZGJ-2018-0012'],
  ['0012', 'JZGJ-2018-0012'],
  ['１２', 'JZGJ-2018-0012'],
  [' jzgj-2018-0012 ', 'JZGJ-2018-0012'],
  ['JZGJ-2018-0012', 'JZGJ-2018-0012'],
  ['12345', 'JZGJ-2018-12345'],
  ['张三', '张三'],
])('a number typed as “%s” beside JZGJ-2018-0007 is %s', (typed, number) => {
  expect(numberOf(typed, 'JZGJ-2018-0007')).toBe(number);
});
