import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
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

describe('filter, words, order and page of the list are asked for together', () => {
  const asking = '/applications?move=union&complete=1&q=%E9%83%AD&order=nominee&down=1';
  const queryOf = (address: string) =>
    Object.fromEntries(new URL(address.replaceAll('&amp;', '&'), 'http://desk').searchParams);
  const linksIn = (page: string) =>
    [...page.matchAll(/href="(\/applications(?:\?[^"]*)?)"/g)].map(([, to = '']) => queryOf(to));
  /** What a browser would send: the fields of the form, with other words typed. */
  const searched = (page: string, words: string) => {
    const [form = ''] = /<form class="search".*?<\/form>/s.exec(page) ?? [];
    const fields = [...form.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(([, name = '', value = '']) => [
      name,
      value,
    ]);
    return { ...Object.fromEntries(fields), q: words };
  };

  test('a search keeps filter and order, and begins on the first page', async () => {
    const page = await read(`${asking}&page=2`);
    expect(searched(page, '李')).toEqual({ move: 'union', complete: '1', q: '李', order: 'nominee', down: '1' });
  });

  test('a search in a list sorted by nothing adds nothing to the address', async () => {
    expect(searched(await read('/applications'), '李')).toEqual({ q: '李' });
  });

  test('a heading that sorts keeps filter and words, and begins on the first page', async () => {
    const page = await read('/applications?move=union&q=%E9%83%AD&order=number&down=1');
    expect(namesIn(page)).toEqual(['郭卫东']);
    expect(linksIn(page)).toContainEqual({ move: 'union', q: '郭', order: 'nominee', down: '1' });
    expect(linksIn(page)).toContainEqual({ move: 'union', q: '郭', order: 'number' }); // the other way round
  });

  test('another filter keeps words and order; the way out of an empty list keeps the order', async () => {
    const page = await read(`${asking}&page=2`);
    expect(linksIn(page)).toContainEqual({ move: 'review', complete: '1', q: '郭', order: 'nominee', down: '1' });
    const nothing = await read('/applications?q=%E6%97%A0%E6%AD%A4%E4%BA%BA&order=nominee');
    expect(nothing).toContain('没有符合的申报件。<a href="/applications?order=nominee">看全部</a>');
  });

  test('an application opened from the list leads on to its neighbours in that order', async () => {
    const page = await read('/applications?order=number&q=%E5%B7%A5%E4%BC%9A');
    expect(page).toContain('data-row="/applications/JZGJ-2018-0001?q=%E5%B7%A5%E4%BC%9A&amp;order=number"');
    expect(await read('/applications/JZGJ-2018-0001?q=%E5%B7%A5%E4%BC%9A&order=number')).toContain(
      'rel="next" class="button" href="/applications/JZGJ-2018-0002?q=%E5%B7%A5%E4%BC%9A&amp;order=number"',
    );
  });
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
