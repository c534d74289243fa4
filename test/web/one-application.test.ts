import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openTestDesk, type TestDesk } from '../support/console.ts';

let desk: TestDesk;
beforeAll(async () => {
  desk = await openTestDesk([
    ['10 09:00', 'complete-in-one-mail'],
    ['10 10:00', 'two-items-missing'],
  ]);
}, 60_000);
afterAll(async () => {
  await desk.close();
});

const second = '/applications/JZGJ-2018-0002';
const read = async (path: string) => (await (await desk.as('reviewer')).get(path)).text;
/** The words of a section's lines, without markup. */
const linesOf = (page: string, id: string) => {
  const [section = ''] = new RegExp(`<section id="${id}".*?</section>`, 's').exec(page) ?? [];
  return [...section.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(([, line = '']) => line.replace(/<[^>]*>/g, '').trim());
};

test('a letter that waits stands where it was written, and is said to be still to come', async () => {
  const page = await read(second);
  const [newest, ...before] = linesOf(page, 'history');
  expect(newest).toMatch(/^07-10 10:00 材料补正通知　待发，预计 2018年7月10日 10时20分 发出/);
  expect(before[0]).toMatch(/^07-10 10:00 写好材料补正通知/);
  expect(linesOf(page, 'letters')).toEqual([
    expect.stringMatching(/^07-10 10:00 材料补正通知 待发，预计 2018年7月10日 10时20分 发出/),
  ]);
});
