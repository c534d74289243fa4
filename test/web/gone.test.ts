import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Clerk, openTestDesk, type TestDesk } from '../support/console.ts';

let desk: TestDesk;
let reviewer: Clerk;
beforeAll(async () => {
  desk = await openTestDesk([
    ['10 09:00', 'complete-in-one-mail'],
    ['10 10:00', 'two-items-missing'],
  ]);
  reviewer = await desk.as('reviewer');
}, 60_000);
afterAll(async () => {
  await desk.close();
});

const [first, second] = ['/applications/JZGJ-2018-0001', '/applications/JZGJ-2018-0002'];
const read = async (path: string) => (await reviewer.get(path)).text;
const stateIn = (page: string) => /<span class="state [^"]*">([^<]+)<\/span>/.exec(page)?.[1];
const act = async (path: string, form: Record<string, string>, on: string) => {
  const seen = /name="seen" value="(\d+)"/.exec(await read(on))?.[1] ?? '';
  expect((await reviewer.post(`${on}/${path}`, { seen, ...form })).status).toBe(303);
};

test('an application merged into another says so where its state stood, and where the merging is taken back', async () => {
  await act('merge', { into: '1', same: '1', otherName: '李建国' }, second);
  const page = await read(second);
  expect(stateIn(page)).toBe('已并入JZGJ-2018-0001');
  expect(page).toContain(`<a href="${first}">JZGJ-2018-0001</a>，这里只留下经过。并错了的，到那一件的“经过”里撤销`);
  expect(await read(first)).toMatch(
    /JZGJ-2018-0002 并入 JZGJ-2018-0001，已确认与“李建国”是同一个人<\/span><details class="acts" id="undo-/,
  );
});

test('a number whose dividing was taken back says that it holds nothing, not that something is lacking', async () => {
  const [, mail = ''] = /name="mail" value="(\d+)"/.exec(await read(first)) ?? [];
  await act('split', { mail }, first);
  const third = '/applications/JZGJ-2018-0003';
  expect(stateIn(await read(third))).not.toBe('已撤销');
  const [, undo = ''] =
    /分出一份材料到 JZGJ-2018-0003<\/span>.*?name="act" value="([^"]+)"/s.exec(await read(first)) ?? [];
  await act('undo', { act: undo, note: '弄错了' }, first);
  expect(stateIn(await read(third))).toBe('已撤销');
  expect(await read(third)).toContain('里面的来信都移到了别处');
});
