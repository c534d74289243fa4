import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { history } from '../../src/office/history.ts';
import { listApplications } from '../../src/store/application-list.ts';
import { listUnplaced } from '../../src/store/shares.ts';
import { type Desk, done, openDesk } from '../support/desk.ts';
import { namelessMail, persona } from '../support/life.ts';

/** 郭卫东 came in twice, by two unions; 李建国 is somebody else, with a number beside his. */
let desk: Desk;
let one = '';
let twin = '';
let stranger = '';
let nameless = '';
beforeAll(async () => {
  desk = await openDesk('12 08:00');
  await desk.arrives('12 09:00', persona('two-items-missing'));
  await desk.arrives('12 09:10', persona('correction-completes', 1));
  await desk.arrives('12 09:20', persona('complete-in-one-mail'));
  await desk.arrives('12 10:04', persona('two-nominees-one-mail'));
  await desk.arrives('12 13:00', namelessMail('0391000111@qq.com'));
  [one, twin, stranger] = [await desk.numberOf('郭卫东'), await desk.numberOf('孙玉峰'), await desk.numberOf('李建国')];
  done(await desk.act({ kind: 'set_nominee', number: twin, name: '郭 卫　东' }));
  const [unplaced] = await listUnplaced(desk.office().db);
  done(await desk.act({ kind: 'place', share: unplaced?.ref ?? '', to: 'new' }, null));
  nameless = (await listApplications(desk.office().db)).find(({ nominee }) => nominee === null)?.number ?? '';
}, 90_000);
afterAll(() => desk.close());

const merge = (number: string, into: string, otherName?: string) =>
  desk.act({ kind: 'merge', number, into, ...(otherName !== undefined && { otherName }) });

test.each<[string, () => [string, string, string?], string]>([
  ['another name', () => [one, stranger], '两件的姓名不一样'],
  ['another name, with a third one confirmed', () => [one, stranger, '白玉山'], '两件的姓名不一样'],
  ['another name, with its own confirmed', () => [one, stranger, '郭卫东'], '两件的姓名不一样'],
  ['no name here', () => [nameless, stranger], '两件里有姓名不明的'],
  ['no name there', () => [one, nameless], '两件里有姓名不明的'],
])('%s: refused with both names and unions, and both stay what they are', async (_, asked, said) => {
  const [number, into, otherName] = asked();
  const before = [await desk.record(number), await desk.record(into)];
  const result = await merge(number, into, otherName);
  expect(result).toMatchObject({
    ...{ refused: 'unconfirmed', forPerson: expect.stringContaining(said) },
    one: { number, nominee: before[0]?.nominee, union: before[0]?.union },
    other: { number: into, nominee: before[1]?.nominee, union: before[1]?.union },
  });
  expect([await desk.record(number), await desk.record(into)]).toEqual(before);
});

test('what cannot be done at all is said before anything is asked back', async () => {
  expect(await merge(one, one)).toMatchObject({ refused: 'invalid', forPerson: expect.stringContaining('并入自己') });
  expect(await merge(one, 'JZGJ-2018-0999')).toMatchObject({ refused: 'invalid' });
  expect(await desk.act({ kind: 'merge', number: one, into: stranger }, 0)).toMatchObject({ refused: 'stale' });
});

test('the same name, however it is spaced, is merged without a question; the history says no more than that', async () => {
  const act = done(await merge(twin, one));
  expect(await desk.record(twin)).toMatchObject({ isGone: true, mergedInto: one });
  expect((await history(desk.office(), one)).map(({ text }) => text)).toContain(`${twin} 并入 ${one}`);
  done(await desk.act({ kind: 'undo', number: one, act, note: '试' }));
});

test('confirmed, it is done, and the history names who was confirmed to be the same', async () => {
  done(await merge(nameless, one, '郭卫东'));
  done(await merge(one, stranger, '李 建国'));
  expect(await desk.record(one)).toMatchObject({ isGone: true, mergedInto: stranger });
  expect((await history(desk.office(), stranger)).map(({ text }) => text)).toContain(
    `${one} 并入 ${stranger}，已确认与“李 建国”是同一个人`,
  );
  await desk.survives();
}, 60_000);
