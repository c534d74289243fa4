import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { performAct } from '../../src/office/act.ts';
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
const seenOn = async (path: string) => /name="seen" value="(\d+)"/.exec((await reviewer.get(path)).text)?.[1] ?? '';
const isGone = async (path: string) => (await reviewer.get(path)).text.includes('这里只留下经过');
/** What the page between would send: its hidden fields, with the tick or without. */
const fieldsOf = (page: string, isTicked: boolean) => {
  const [form = ''] = /<form method="post" action="[^"]*\/merge".*?<\/form>/s.exec(page) ?? [];
  const hidden = [...form.matchAll(/type="hidden" name="(\w+)" value="([^"]*)"/g)];
  const fields = hidden.map(([, name = '', value = '']) => [name, value.replaceAll('&amp;', '&')]);
  return { ...Object.fromEntries(fields), ...(isTicked && { same: '1' }) };
};
const ask = async () =>
  reviewer.post(`${second}/merge`, { seen: await seenOn(second), into: '1', from: `${second}?move=union` });

test('another name: asked back with both names and unions, and a tick that has to be set', async () => {
  const { status, text } = await ask();
  expect(status).toBe(409);
  expect(text).toContain('<h1 data-refused>请先确认：是同一个人吗？</h1>');
  const rows = [...text.matchAll(/<tr><th scope="row">(.*?)<\/tr>/gs)].map(([, row = '']) =>
    row.replace(/<[^>]*>/g, ' '),
  );
  expect(rows).toEqual([
    expect.stringMatching(/把这一件\s+JZGJ-2018-0002\s+郭卫东\s+马村区总工会/),
    expect.stringMatching(/并入这一件\s+JZGJ-2018-0001\s+李建国\s+\S+/),
  ]);
  expect(text).toMatch(/<input type="checkbox" name="same" value="1" required> 郭卫东和李建国是同一个人/);
  expect(text).toContain(`<a class="button primary" href="${second}?move=union">不是同一个人，返回</a>`);
  expect(await isGone(second)).toBe(false);
});

test('sent without the tick it is asked again', async () => {
  const { status, text } = await reviewer.post(`${second}/merge`, fieldsOf((await ask()).text, false));
  expect([status, text.includes('是同一个人吗？')]).toEqual([409, true]);
  expect(await isGone(second)).toBe(false);
});

test('the other one was renamed meanwhile: asked again, with the name it bears now', async () => {
  const fields = fieldsOf((await ask()).text, true);
  const rename = { kind: 'set_nominee', number: 'JZGJ-2018-0001', name: '李建民', by: '王静' } as const;
  expect(await performAct(desk.office, rename, null)).toMatchObject({ done: true });
  const { status, text } = await reviewer.post(`${second}/merge`, fields);
  expect([status, text.includes('郭卫东和李建民是同一个人')]).toEqual([409, true]);
  expect(await isGone(second)).toBe(false);
});

test('this one changed meanwhile: refused with what changed, as any act', async () => {
  const fields = fieldsOf((await ask()).text, true);
  const note = { kind: 'note', number: 'JZGJ-2018-0002', text: '先别并', by: '王静' } as const;
  expect(await performAct(desk.office, note, null)).toMatchObject({ done: true });
  const { status, text } = await reviewer.post(`${second}/merge`, fields);
  expect([status, text.includes('先别并')]).toEqual([409, true]);
  expect(await isGone(second)).toBe(false);
});

test('ticked, it is done, and leads back to what was looked at', async () => {
  const { status, location } = await reviewer.post(`${second}/merge`, fieldsOf((await ask()).text, true));
  expect([status, location]).toEqual([303, expect.stringContaining(`${second}?move=union&did=`)]);
  expect(await isGone(second)).toBe(true);
  expect((await reviewer.get(first)).text).toContain('JZGJ-2018-0002 并入 JZGJ-2018-0001，已确认与“李建民”是同一个人');
});
