import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { history } from '../../../src/office/history.ts';
import { type Desk, done, openDesk } from '../../support/desk.ts';
import { persona } from '../../support/life.ts';

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk('12 08:00');
  await desk.arrives('12 10:04', persona('two-nominees-one-mail'));
  await desk.arrives('12 10:05', persona('two-items-missing'));
  await desk.passes('12 11:00');
}, 60_000);
afterAll(() => desk.close());

describe('two applications that are one', () => {
  let from = '';
  let into = '';
  let act = '';
  test('merged: one holds all, the other says where it went, and is answered no more', async () => {
    [from, into] = [await desk.numberOf('郭卫东'), await desk.numberOf('白玉山')];
    act = done(await desk.act({ kind: 'merge', number: from, into, otherName: '白玉山' }));
    expect(await desk.record(from)).toMatchObject({ isGone: true, mergedInto: into });
    expect([await desk.shares(from), (await desk.shares(into)).length]).toEqual([[], 2]);
    expect((await desk.letters(from)).filter((letter) => /due|held/.test(letter))).toEqual([]);
    for (const one of [from, into])
      expect((await history(desk.office(), one)).map(({ text }) => text)).toContain(
        `${from} 并入 ${into}，已确认与“白玉山”是同一个人`,
      );
    await desk.survives();
  }, 60_000);

  test('what comes later for the one that is gone goes where it went', async () => {
    await desk.arrives('12 12:00', again('two-items-missing'));
    expect([await desk.shares(from), (await desk.shares(into)).length]).toEqual([[], 3]);
    await desk.survives();
    expect(await desk.act({ kind: 'merge', number: into, into: from })).toMatchObject({
      refused: 'invalid',
      forPerson: `${from} 已并入 ${into}，请到那一件处理`,
    });
  }, 60_000);

  test('taken back: each has its own again, also what came in between', async () => {
    done(await desk.act({ kind: 'undo', number: from, act, note: '两个人' }));
    expect(await desk.record(from)).toMatchObject({ isGone: false, mergedInto: null, nominee: '郭卫东' });
    expect([(await desk.shares(from)).length, (await desk.shares(into)).length]).toEqual([2, 1]);
    await desk.survives();
  }, 60_000);
});

function again(story: string): Buffer {
  const raw = persona(story).toString('latin1');
  return Buffer.from(raw.replace(/^Message-ID: </im, 'Message-ID: <again.'), 'latin1');
}
