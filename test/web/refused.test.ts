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

const here = '/applications/JZGJ-2018-0002';
const titleOf = (page: string) => /<title>(.*?) · 受理<\/title>/.exec(page)?.[1];
const headingOf = (page: string) => /<h1[^>]*>(.*?)<\/h1>/.exec(page)?.[1];
const versionIn = (page: string) => /name="seen" value="(\d+)"/.exec(page)?.[1] ?? '';

test('a decision that came too late leads back to its application, and never says of the next one that it was kept', async () => {
  const reviewer = await desk.as('reviewer');
  const seen = versionIn((await reviewer.get(here)).text);
  const next = '/applications/JZGJ-2018-0001?move=review';
  expect((await reviewer.post(`${here}/decide`, { seen, decision: 'decline', note: '不合要求' })).status).toBe(303);
  const { status, text } = await reviewer.post(`${here}/decide`, { seen, next, decision: 'accept', note: '已核' });
  expect([status, headingOf(text)]).toEqual([409, '没有办成']);
  expect(text).toContain(`href="${here}">看最新情况`);
  expect(text).not.toContain('done=');
});

test('a decision that was kept goes on with the next application, and names the one it was for', async () => {
  const reviewer = await desk.as('reviewer');
  const seen = versionIn((await reviewer.get(here)).text);
  const next = '/applications/JZGJ-2018-0001?move=review';
  const { location } = await reviewer.post(`${here}/decide`, { seen, next, decision: 'accept', note: '已电话核实' });
  expect(location).toBe(`${next}&done=JZGJ-2018-0002`);
});

test.each([
  ['a number that nobody has', '/applications/JZGJ-2018-9999'],
  ['a mail that is not there', '/messages/9999'],
  ['a letter written anew meanwhile', '/letters/9999'],
  ['an address typed wrongly', '/nothing-here'],
])('%s: the page could not be opened, nobody did anything that failed', async (_, path) => {
  const { text } = await (await desk.as('viewer')).get(path);
  expect([titleOf(text), headingOf(text)]).toEqual(['这一页打不开', '这一页打不开']);
});

test('who may not see a page is told so; who may not do a thing is told that', async () => {
  const viewer = await desk.as('viewer');
  const seen = await viewer.get('/settings');
  expect([seen.status, headingOf(seen.text)]).toEqual([403, '这一页打不开']);
  expect(seen.text).toContain('没有看这一页的权限');
  const done = await viewer.post(`${here}/note`, { text: '看过' });
  expect([done.status, headingOf(done.text)]).toEqual([403, '没有办成']);
  expect(done.text).toContain('没有做这件事的权限');
});
