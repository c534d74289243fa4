import { expect, test } from '@jest/globals';
import { openLooks } from '../../src/office/looks.ts';

const at = (time: string) => new Date(`2018-07-20T${time}+08:00`);
const due = at('15:00:00');

test('no look under way: what is due leaves', () => {
  expect(openLooks().mayLeaveUpTo(due)).toEqual(due);
});

test('the first look into a mailbox holds every letter, however long ago it fell due', () => {
  const looks = openLooks();
  looks.begin(at('15:01:00'));
  expect(looks.mayLeaveUpTo(at('15:20:00')) < due).toBe(true);
});

test('one look after another, and the line never rests: a letter waits for the first that began after it fell due', () => {
  const looks = openLooks();
  const first = looks.begin(at('14:59:59'));
  first(true);
  const second = looks.begin(at('15:00:00'));
  expect(looks.mayLeaveUpTo(at('15:04:00')) < due).toBe(true); // the first began before: it may have missed a mail
  second(true);
  looks.begin(at('15:05:00'));
  expect(looks.mayLeaveUpTo(at('15:06:00')) >= due).toBe(true);
});

test('a look that broke off has proved nothing for the one after it', () => {
  const looks = openLooks();
  looks.begin(at('15:00:01'))(false);
  looks.begin(at('15:05:00'));
  expect(looks.mayLeaveUpTo(at('15:06:00')) < due).toBe(true);
});

test('two at once, and the clock set back meanwhile: never further than now', () => {
  const looks = openLooks();
  looks.begin(at('16:00:00'))(true);
  looks.begin(at('15:00:30'));
  expect(looks.mayLeaveUpTo(at('15:00:40'))).toEqual(at('15:00:40'));
});
