import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Deed } from '../../src/review/acts.ts';
import { type Desk, done, openDesk } from '../support/desk.ts';
import { persona } from '../support/life.ts';

let desk: Desk;
let number = '';
beforeAll(async () => {
  desk = await openDesk('10 08:00');
  await desk.arrives('10 10:00', persona('correction-completes', 1));
  number = await desk.numberOf('孙玉峰');
}, 60_000);
afterAll(() => desk.close());

const decide = (decision: Extract<Deed, { kind: 'decide' }>['decision'], note: string) =>
  desk.act({ kind: 'decide', number, decision, note });
const refused = { refused: 'invalid', forPerson: expect.stringContaining('wang 已记为“通过初审”，此后没有新情况') };

test('the back button sends the same decision again: it is not taken twice', async () => {
  done(await decide('accept', '照片当面交来'));
  expect(await decide('accept', '照片当面交来')).toEqual(refused);
});

test('another decision may follow, and the first one again after it', async () => {
  done(await decide('return', '照片不是本人'));
  done(await decide('accept', '已核对'));
  expect(await decide('accept', '已核对')).toEqual(refused);
});

test('taken back, it may be taken again, with another reason', async () => {
  const act = done(await decide('decline', '超出名额'));
  done(await desk.act({ kind: 'undo', number, act, note: '名额已核对' }));
  done(await decide('decline', '单位撤回'));
});

test('a new mail came: the same decision about it is a new one', async () => {
  await desk.arrives('10 11:00', persona('correction-completes', 2));
  done(await decide('accept', '照片已补'));
  expect(await decide('accept', '照片已补')).toEqual(refused);
}, 60_000);
