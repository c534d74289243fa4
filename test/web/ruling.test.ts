import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type Clerk, openTestDesk, type TestDesk } from '../support/console.ts';

let desk: TestDesk;
let reviewer: Clerk;
beforeAll(async () => {
  desk = await openTestDesk([['10 09:00', 'another-departments-letter']]);
  reviewer = await desk.as('reviewer');
}, 60_000);
afterAll(async () => {
  await desk.close();
});

const whatNow = '系统仍没有从中认出材料';
const read = async () => (await reviewer.get('/messages/1')).text;

test('a mail ruled an application in which nothing is found says so, and how its files come in all the same', async () => {
  expect(await read()).not.toContain(whatNow);
  await reviewer.post('/messages/1/rule', { ruled: 'application' });
  await desk.office.work();
  expect(await read()).toMatch(/<span class="fate set_aside">/);
  expect(await read()).toContain(whatNow);
  expect(await read()).toContain('“补入文件”');
});

test('once it is left to the machine again, nothing is said of a ruling', async () => {
  await reviewer.post('/messages/1/rule', { ruled: '' });
  await desk.office.work();
  expect(await read()).not.toContain(whatNow);
});
