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

const namesIn = (page: string) => [...page.matchAll(/<td class="who">([^<]+)</g)].map(([, name]) => name);
const read = async (path: string) => (await (await desk.as('viewer')).get(path)).text;

test('the tile 齐全 of 今日 leads to the complete ones alone, the tile 申报件 to all', async () => {
  const [complete] = /href="[^"]*"(?=><b>1<\/b> <span>齐全)/.exec(await read('/')) ?? [''];
  expect(complete).toBe('href="/applications?complete=1"');
  expect(namesIn(await read('/applications?complete=1'))).toEqual(['李建国']);
  expect(namesIn(await read('/applications')).toSorted()).toEqual(['李建国', '郭卫东'].toSorted());
});

test('that the list is narrowed is said, with the way out; what is in the address by mistake narrows nothing', async () => {
  expect(await read('/applications?complete=1')).toContain('只列六项材料齐全的');
  const all = await read('/applications?complete=yes');
  expect(all).not.toContain('只列六项材料齐全的');
  expect(namesIn(all)).toHaveLength(2);
});

test.each([
  ['/applications?page=2', '/applications'],
  ['/applications?move=review&page=2', '/applications?move=review'],
  ['/messages?q=%E5%B7%A5%E4%BC%9A&page=3', '/messages?q=%E5%B7%A5%E4%BC%9A'],
  ['/letters?state=sent&page=2', '/letters?state=sent'],
])(
  '%s of a list grown shorter meanwhile leads to the first page, and does not say that nothing ever came',
  async (path, first) => {
    const page = await read(path);
    expect(page).toContain(`这一页已经没有内容了。<a href="${first.replaceAll('&', '&amp;')}">回到第一页</a>`);
    expect(page).not.toMatch(/还没有申报件|没有这样的邮件|还没有发出过信|共0条/);
    expect(await read(first)).toMatch(/第1\/1页/);
  },
);
