import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { listDecisions } from '../../../src/store/decisions.ts';
import { type DeskPage, hasBrowser, openBrowser, sitDown } from '../../support/browser.ts';
import { openTestDesk, type TestDesk } from '../../support/console.ts';
import { arrives, namelessMail, passes, persona } from '../../support/life.ts';
import { until } from '../../support/until.ts';

/** What the page says after an act, and where the words are that were typed before it. */
(hasBrowser ? describe : describe.skip)('acts at the desk', () => {
  let browser: Browser;
  let desk: TestDesk;
  let page: DeskPage;
  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openTestDesk([
      ['10 09:00', 'complete-in-one-mail'],
      ['10 09:10', 'wrong-check-digits'],
      ['10 09:20', 'two-items-missing'],
    ]);
  }, 90_000);
  beforeEach(async () => {
    page = await sitDown(browser, desk, 'reviewer');
  });
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  const numberOf = async (nominee: string) => {
    const { db } = desk.office;
    const found = db.selectFrom('application').select(['id', 'number']).where('nominee', '=', nominee);
    return found.executeTakeFirstOrThrow();
  };
  const open = async (nominee: string, query = '') => {
    const { number } = await numberOf(nominee);
    await page.goto(`${desk.desk.url}/applications/${number}${query}`);
    return number;
  };
  const reasons = () => page.locator('.findings input[name=reason]');
  const typed = () => reasons().evaluateAll((all) => all.map((each) => (each as unknown as { value: string }).value));

  test('a reason typed for one finding is never put to another, and stays while the file is looked at', async () => {
    await open('侯全喜');
    expect(await reasons().count()).toBeGreaterThan(1);
    await page.locator('.findings summary').first().click();
    await reasons().first().fill('原件无误');
    await page.locator('.findings a.place').nth(1).click();
    await page.locator('#evidence .marked').waitFor();
    expect((await typed()).filter(Boolean)).toEqual(['原件无误']);
    await page.reload();
    expect((await typed()).filter(Boolean)).toEqual(['原件无误']);
    expect(await page.locator('.findings details[open]').count()).toBe(1);
  }, 60_000);

  test('news does not take away what was typed, also when the cursor is elsewhere', async () => {
    await open('郭卫东');
    await page.locator('#acts-performance_sheet summary').click();
    await page.locator('#acts-performance_sheet input[name=reason]').fill('已电话核实');
    await page.locator('h1').click();
    const colleague = await sitDown(browser, desk, 'admin');
    await colleague.goto(page.url());
    await colleague.locator('#acts-recommendation_form summary').click();
    await colleague.getByRole('button', { name: '记下收到纸质件' }).locator('visible=true').click();
    await page.locator('#history', { hasText: '孙科长' }).waitFor(); // without reload
    await page.getByText('您正在填写的地方没有动').waitFor();
    expect(await page.locator('#acts-performance_sheet input[name=reason]').inputValue()).toBe('已电话核实');
  }, 60_000);

  test('the row that was picked stays picked when others come above it, and the search keeps the cursor', async () => {
    await page.goto(`${desk.desk.url}/applications`);
    await page.keyboard.press('ArrowDown');
    const picked = page.locator('tr.picked .number');
    const number = await picked.textContent();
    await page.locator('[data-search]').pressSequentially('总工');
    await arrives(desk.office, desk.server, '10 10:00', persona('correction-completes', 1));
    await page.getByText('孙玉峰').waitFor(); // without reload
    expect(await page.locator('tr[data-row] .number').first().textContent()).not.toBe(number);
    expect(await picked.textContent()).toBe(number);
    await page.keyboard.type('会');
    expect(await page.locator('[data-search]').inputValue()).toBe('总工会');
  }, 60_000);

  test('on a phone a file is shown to who asks for it, and the page begins at its head', async () => {
    const phone = await sitDown(browser, desk, 'reviewer', 390);
    const { number } = await numberOf('侯全喜');
    await phone.goto(`${desk.desk.url}/applications/${number}`);
    await phone.locator('#evidence .marked').waitFor();
    expect(await phone.evaluate<number>('scrollY')).toBe(0);
    await phone.locator('.pieces a', { hasText: '照片' }).last().click();
    await phone.locator('#evidence h2', { hasText: '照片' }).waitFor(); // the form that stood there has a picture as well
    await phone.locator('#evidence img').waitFor();
    await until(() => phone.evaluate<boolean>('scrollY > 300')); // waitForFunction evaluates in the page, whose policy forbids it
    await phone.getByRole('link', { name: '回到清单' }).click();
    await until(() =>
      phone.evaluate<boolean>("Math.abs(document.querySelector('#requirements').getBoundingClientRect().top) < 300"),
    );
    expect(phone.troubles).toEqual([]);
  }, 60_000);

  test('who goes back to the list on a phone before the file has come is left there', async () => {
    const phone = await sitDown(browser, desk, 'reviewer', 390);
    const { number } = await numberOf('侯全喜');
    await phone.goto(`${desk.desk.url}/applications/${number}`);
    await phone.route('**/applications/**', async (route) => {
      await sleep(1_000);
      await route.continue();
    });
    await phone.locator('.pieces a', { hasText: '照片' }).last().click();
    await phone.getByRole('link', { name: '回到清单' }).click();
    await phone.locator('#evidence h2', { hasText: '照片' }).waitFor();
    expect(
      await phone.evaluate<number>("Math.abs(document.querySelector('#requirements').getBoundingClientRect().top)"),
    ).toBeLessThan(300);
    expect(phone.troubles).toEqual([]);
  }, 60_000);

  test('of two files asked for in haste the second is shown, though the first comes after it', async () => {
    await open('侯全喜');
    const shown = page.locator('#evidence h2');
    const [first = '', second = ''] = (await page.locator('.pieces a').allTextContents()).filter(
      (name, index, all) => index > 0 && all.indexOf(name) === index,
    );
    expect(second).not.toBe('');
    const late: Promise<void>[] = [];
    await page.route('**/applications/**', async (route) => {
      const isFirst = late.length === 0;
      const answered = sleep(isFirst ? 1_200 : 200).then(() => route.continue());
      late.push(answered);
      await answered;
    });
    await page.locator('.pieces a', { hasText: first }).first().click();
    await page.locator('.pieces a', { hasText: second }).first().click();
    await shown.filter({ hasText: second }).waitFor();
    await Promise.all(late);
    await sleep(800); // the first has come by now
    expect(await shown.textContent()).toBe(second);
    await page.unroute('**/applications/**');
  }, 60_000);

  test('on paper stands what was found, and nothing that could be pressed', async () => {
    await open('侯全喜');
    await page.emulateMedia({ media: 'print' });
    for (const gone of ['#decide', '#mend', '.acts', '.top', '#head nav', '.tools, .evidence .button'])
      expect(await page.locator(gone).locator('visible=true').count()).toBe(0);
    expect(await page.evaluate<string>("getComputedStyle(document.querySelector('.who-head')).position")).toBe(
      'static',
    );
    expect(await page.locator('#evidence .marked').isVisible()).toBe(true);
    expect(await page.locator('#history').isVisible()).toBe(true);
  }, 60_000);

  test('the morning printed begins on the first page: a list longer than a page breaks between its lines', async () => {
    await page.goto(desk.desk.url);
    await page.emulateMedia({ media: 'print' });
    const breaksOf = (which: string) =>
      page.evaluate<string>(`getComputedStyle(document.querySelector('${which}')).breakInside`);
    expect([await breaksOf('#duties'), await breaksOf('#duties li')]).toEqual(['auto', 'avoid-page']);
  }, 60_000);

  test('a name of thirty characters on a phone does not push the page out of the screen', async () => {
    const { id, number } = await numberOf('李建国');
    const nominee = '阿卜杜热西提·买买提依明·阿卜杜克热木江·古丽努尔·阿依夏木';
    const rename = (name: string) =>
      desk.office.db.updateTable('application').set({ nominee: name }).where('id', '=', id).execute();
    await rename(nominee);
    const phone = await sitDown(browser, desk, 'reviewer', 390);
    await phone.goto(`${desk.desk.url}/applications/${number}`);
    expect(await phone.locator('h1').textContent()).toContain(nominee);
    expect(await phone.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0);
    await rename('李建国');
  }, 60_000);

  test('after an act the page says what was done, keeps the filter and its place', async () => {
    await open('郭卫东', '?move=union');
    await page.locator('#acts-honor_certificates summary').click();
    await page.locator('#acts-honor_certificates input[name=copies]').fill('2');
    await page.getByLabel('已见公章').locator('visible=true').check();
    const before = await page.evaluate<number>('scrollY');
    expect(before).toBeGreaterThan(50);
    await page.getByRole('button', { name: '记下收到纸质件' }).locator('visible=true').click();
    await page.getByText('已办：收到纸质“主要荣誉证书复印件”2份，已见公章').waitFor();
    expect(new URL(page.url()).searchParams.get('move')).toBe('union');
    expect(Math.abs((await page.evaluate<number>('scrollY')) - before)).toBeLessThan(120);
  }, 60_000);

  test('sending back wants a reason, asked for on the spot', async () => {
    await open('郭卫东');
    await page.getByRole('button', { name: '退回补正' }).click();
    expect(page.url()).toContain('/applications/JZGJ');
    expect(await page.locator('[data-decide]').evaluate((field) => field.matches(':invalid'))).toBe(true);
    await page.getByRole('button', { name: '通过初审' }).isEnabled();
    expect(await listDecisions(desk.office.db, (await numberOf('郭卫东')).id)).toEqual([]);
  }, 60_000);

  test('a decision is taken back as such, whatever was noted since; a note has nothing to take back', async () => {
    const number = await open('李建国');
    await page.getByRole('button', { name: '通过初审' }).click();
    await page.goto(`${desk.desk.url}/applications/${number}`);
    await page.getByText('只记一条备注').click();
    await page.locator('#note textarea').fill('已通知单位');
    await page.getByRole('button', { name: '记下备注' }).click();
    const noted = page.locator('#history li', { hasText: '备注：已通知单位' });
    await noted.waitFor();
    expect(await noted.getByText('撤销').count()).toBe(0);
    await page.locator('#decide').getByPlaceholder('撤销的原因').fill('看错了人');
    await page.getByRole('button', { name: '撤销处理意见' }).click();
    await page.getByText('已办：撤销：通过初审').waitFor();
    expect(await page.locator('#head .state').textContent()).not.toBe('通过初审');
    expect(await page.locator('#history').textContent()).not.toContain('已撤销（已撤销）');
  }, 60_000);

  test('an act that cannot be done says why, and the words wait where they were typed', async () => {
    const number = await open('李建国');
    await page.getByText('和另一件是同一个人').click();
    await page.locator('#mend-merge input[name=into]').fill(String(Number(number.slice(-4))));
    await page.locator('#mend-merge button').click();
    expect(await page.getByRole('alert').textContent()).toContain('不能并入自己');
    await page.getByRole('link', { name: '返回刚才那一页' }).click();
    expect(await page.locator('#mend-merge input[name=into]').inputValue()).toBe(String(Number(number.slice(-4))));
  }, 60_000);

  test('two who are not called the same are made one by keyboard alone, but only with the tick', async () => {
    await open('郭卫东');
    const number = (await numberOf('侯全喜')).number;
    await page.getByText('和另一件是同一个人').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    await page.keyboard.type(number);
    await page.keyboard.press('Enter');
    const tick = page.getByLabel('郭卫东和侯全喜是同一个人');
    await tick.waitFor();
    await page.getByRole('button', { name: '确认并入' }).press('Enter');
    expect(await tick.evaluate((field) => field.matches(':invalid'))).toBe(true);
    await tick.press('Space');
    await tick.press('Enter');
    await page.getByText(`并入 ${number}，已确认与“侯全喜”是同一个人`).first().waitFor();
    await page.goto(`${desk.desk.url}/applications/${number}`);
    await page.locator('#history summary').first().click();
    await page.locator('#history').getByPlaceholder('撤销的原因').first().fill('不是同一个人');
    await page.locator('#history').getByRole('button', { name: '撤销' }).first().click();
    await page.getByText('已办：撤销').waitFor();
  }, 60_000);

  test('a page left open over night: after the login it is there again, with what was typed', async () => {
    const number = await open('郭卫东', '?move=union');
    await page.locator('[data-decide]').fill('量化表未见，请补报');
    await desk.office.db.deleteFrom('session').execute();
    await page.getByRole('button', { name: '退回补正' }).click();
    expect(await page.getByRole('alert').textContent()).toContain('刚才的操作没有办');
    await page.getByLabel('姓名').fill('赵敏');
    await page.getByLabel('密码').fill('审核用的密码一二');
    await page.getByRole('button', { name: '登录' }).click();
    await page.locator('[data-decide]').waitFor();
    expect(new URL(page.url()).pathname).toBe(`/applications/${number}`);
    expect(await page.locator('[data-decide]').inputValue()).toBe('量化表未见，请补报');
  }, 60_000);

  test('an accepted requirement is taken back in one place', async () => {
    await open('郭卫东');
    await page.locator('#acts-performance_sheet summary').click();
    await page.locator('#acts-performance_sheet input[name=reason]').fill('纸质件已交');
    await page.getByRole('button', { name: '认可这一项' }).locator('visible=true').click();
    await page.getByText('已办：认可').waitFor();
    await page.locator('[data-number="4"]').getByRole('button', { name: '撤销' }).click(); // strict: there is one
    await page.getByText('已办：撤销：认可').waitFor();
  }, 60_000);

  test('a letter that left while its page stood open can no longer be changed there', async () => {
    const waiting = desk.office.db.selectFrom('letter').select('id').where('state', '=', 'due');
    const { id } = await waiting.executeTakeFirstOrThrow();
    await page.goto(`${desk.desk.url}/letters/${id}`);
    await page.getByRole('button', { name: '先不发，等人决定' }).waitFor();
    await passes(desk.office, '11 09:00');
    await page.getByText('这封信已经离开待发，不能再改').waitFor(); // without reload
    expect(await page.locator('#state').textContent()).toBe('已发出');
    expect(await page.getByRole('button', { name: '先不发，等人决定' }).count()).toBe(0);
  }, 60_000);

  test('what may belong to several is placed from the page that the duty leads to', async () => {
    await arrives(desk.office, desk.server, '12 10:04', persona('two-nominees-one-mail'));
    await arrives(desk.office, desk.server, '12 13:00', namelessMail('0391000111@qq.com'));
    await page.goto(desk.desk.url);
    await page.getByRole('link', { name: /请认定来件属于哪一件/ }).click();
    const choice = page.getByRole('button', { name: /^归入 JZGJ/ });
    expect(await choice.count()).toBe(2);
    const chosen = /JZGJ-\d+-\d+/.exec((await choice.first().textContent()) ?? '')?.[0];
    await choice.first().click();
    await page
      .locator('#fate', { hasText: '录入' })
      .getByRole('link', { name: chosen ?? '' })
      .waitFor();
    expect(await page.getByRole('button', { name: /^归入/ }).count()).toBe(0);
    expect(page.troubles).toEqual([]);
  }, 60_000);
});
