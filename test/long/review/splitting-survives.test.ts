import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listApplications } from '../../../src/store/application-list.ts';
import { type Desk, done, openDesk } from '../../support/desk.ts';
import { persona } from '../../support/life.ts';

/** Where a person puts what came: it stays there whatever the joining would say. */
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk('12 08:00');
  for (const number of [1, 2, 3])
    await desk.arrives(`12 10:0${number}`, persona('three-mails-one-application', number));
  await desk.arrives('12 10:04', persona('two-nominees-one-mail'));
  await desk.arrives('12 10:05', persona('two-items-missing'));
  await desk.passes('12 11:00');
}, 60_000);
afterAll(() => desk.close());

const states = async (number: string) => {
  const { requirements } = await desk.record(number);
  return Object.values(requirements).map(({ state }) => state);
};
const complete = ['present', 'present', 'present', 'present', 'present', 'present'];
const newest = async () => (await listApplications(desk.office().db)).at(-1)?.number ?? '';

describe('a share that belongs to somebody else', () => {
  let number = '';
  let act = '';
  let opened = '';
  test('goes into an application of its own; both are told of as they are now', async () => {
    number = await desk.numberOf('杨䶮');
    expect(await states(number)).toEqual(complete);
    const [, , third = ''] = await desk.shares(number);
    act = done(await desk.act({ kind: 'split', number, share: third, to: 'new' }));
    opened = await newest();
    expect(opened).toBe('JZGJ-2018-0005');
    expect([await desk.shares(number), await desk.shares(opened)]).toEqual([expect.any(Array), [third]]);
    expect(await desk.record(number)).toMatchObject({ complete: false });
    expect(await desk.record(opened)).toMatchObject({ nominee: '杨䶮', isGone: false });
    await desk.survives();
    expect(await desk.shares(opened)).toEqual([third]);
  }, 60_000);

  test('comes back when that is taken back; the number given stays, holds nothing and asks for nothing', async () => {
    done(await desk.act({ kind: 'undo', number, act, note: '是同一人' }));
    expect(await states(number)).toEqual(complete);
    expect(await desk.record(opened)).toMatchObject({ isGone: true, mergedInto: null });
    expect((await desk.letters(opened)).filter((letter) => /due|held/.test(letter))).toEqual([]);
    await desk.survives();
    expect(await desk.shares(opened)).toEqual([]);
    expect(await desk.act({ kind: 'set_nominee', number: opened, name: '谁' })).toMatchObject({ refused: 'invalid' });
  }, 60_000);

  test('goes into another that is there already, and on from there', async () => {
    const other = await desk.numberOf('郭卫东');
    const [, second = ''] = await desk.shares(number);
    const first = done(await desk.act({ kind: 'split', number, share: second, to: other }));
    expect(await desk.shares(other)).toContain(second);
    const on = await desk.numberOf('白玉山');
    done(await desk.act({ kind: 'split', number: other, share: second, to: on }));
    done(await desk.act({ kind: 'undo', number, act: first, note: '已另行处理' }));
    expect(await desk.shares(on)).toContain(second); // the later word stands
    await desk.survives();
    done(await desk.act({ kind: 'split', number: on, share: second, to: number }));
    expect(await states(number)).toEqual(complete);
  }, 90_000);

  test('the last share of an application cannot leave it', async () => {
    const other = await desk.numberOf('郭卫东');
    const [only = ''] = await desk.shares(other);
    expect(await desk.act({ kind: 'split', number: other, share: only, to: 'new' })).toMatchObject({
      refused: 'invalid',
      forPerson: expect.stringContaining('并入'),
    });
  });
});
