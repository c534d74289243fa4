import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { listDecisions } from '../../../src/store/decisions.ts';
import { countMoves } from '../../../src/store/desk/application-rows.ts';
import { type DeskPage, hasBrowser, openBrowser, sitDown } from '../../support/browser.ts';
import { openTestDesk, type TestDesk } from '../../support/console.ts';
import { arrives, letters, passes, persona } from '../../support/life.ts';

/** The review desk as the office uses it, in a real browser over a real database and mailbox. */
(hasBrowser ? describe : describe.skip)('at the review desk', () => {
  let browser: Browser;
  let desk: TestDesk;
  const pages: DeskPage[] = [];
  const sit = async (role: 'viewer' | 'reviewer' | 'admin') => {
    const page = await sitDown(browser, desk, role);
    pages.push(page);
    return page;
  };
  const numberOf = async (nominee: string) => {
    const row = await desk.office.db
      .selectFrom('application')
      .select('number')
      .where('nominee', '=', nominee)
      .executeTakeFirstOrThrow();
    return row.number;
  };

  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openTestDesk([
      ['10 09:00', 'complete-in-one-mail'],
      ['10 09:10', 'correction-completes', 1],
      ['10 09:20', 'two-items-missing'],
      ['10 09:30', 'wrong-check-digits'],
      ['10 09:40', 'another-departments-letter'],
      ['10 09:50', 'photo-only-inside-form'],
    ]);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  test('a wrong password is told, a right one leads to the page that was wanted', async () => {
    const page = await (await browser.newContext()).newPage();
    await page.goto(`${desk.desk.url}/applications?move=union`);
    await page.getByLabel('姓名').fill('赵敏');
    await page.getByLabel('密码').fill('记错的密码');
    await page.getByRole('button', { name: '登录' }).click();
    expect(await page.getByRole('alert').textContent()).toBe('姓名或密码不对');
    await page.getByLabel('密码').fill('审核用的密码一二');
    await page.getByRole('button', { name: '登录' }).click();
    expect(new URL(page.url()).pathname + new URL(page.url()).search).toBe('/applications?move=union');
    expect(await page.getByRole('button', { name: '退出' }).isVisible()).toBe(true);
  }, 60_000);

  test('from the list to the very cell: a wrong patent number is seen marked in the form', async () => {
    const page = await sit('reviewer');
    const { number } = await anyWith('patent_number_invalid');
    await page.goto(`${desk.desk.url}/applications/${number}`);
    const finding = page.locator('.findings li', { hasText: '专利号' }).first();
    await finding.getByRole('link', { name: /^看/ }).click();
    const marked = page.locator('#evidence .marked', { hasText: /ZL/ });
    await marked.waitFor();
    expect(await marked.isVisible()).toBe(true);
    expect(page.troubles).toEqual([]);
  }, 60_000);

  async function anyWith(code: string): Promise<{ number: string }> {
    const rows = await desk.office.db.selectFrom('application').select(['number', 'findings']).execute();
    const found = rows.find(({ findings }) => JSON.stringify(findings).includes(code));
    if (!found) throw new Error(`no application with ${code}`);
    return found;
  }

  test('two at once: the second is refused, sees what changed, and loses no word', async () => {
    const number = (await anyWith('patent_number_invalid')).number;
    const [first, second] = [await sit('reviewer'), await sit('admin')];
    for (const page of [first, second]) await page.goto(`${desk.desk.url}/applications/${number}`);
    await second.locator('[data-decide]').fill('专利号有误，请核对后重报');
    const finding = first.locator('.findings li.blocking').first();
    const words = (await finding.locator('summary').first().textContent()) ?? '';
    expect(words).toBe('不算问题');
    await finding.getByText('不算问题').first().click();
    await finding.getByPlaceholder(/理由/).fill('已电话核实，号码无误');
    await finding.getByRole('button', { name: '不算问题' }).click();
    await first.getByText('已电话核实，号码无误').first().waitFor();
    await second.getByRole('button', { name: '不予受理' }).click();
    expect(await second.getByRole('alert').textContent()).toContain('赵敏');
    expect(await second.locator('textarea').inputValue()).toContain('专利号有误，请核对后重报');
    const { id } = await desk.office.db
      .selectFrom('application')
      .select('id')
      .where('number', '=', number)
      .executeTakeFirstOrThrow();
    expect(await listDecisions(desk.office.db, id)).toEqual([]);
  }, 60_000);

  test('a correction cycle: sent back, mended by mail, seen to come in, accepted', async () => {
    const number = await numberOf('孙玉峰');
    const page = await sit('reviewer');
    await passes(desk.office, '10 12:00');
    expect(await letters(desk.office)).toContain('correction_request sent');
    await page.goto(`${desk.desk.url}/applications/${number}`);
    expect(await page.locator('[data-number="6"] .sign').getAttribute('title')).toBe('2寸彩色照片：未见');
    await arrives(desk.office, desk.server, '10 15:00', persona('correction-completes', 2));
    await page.locator('[data-number="6"] .sign.present').waitFor({ timeout: 15_000 }); // without reload
    await page.goto(`${desk.desk.url}/applications/${number}`);
    await page.getByRole('button', { name: '通过初审' }).click();
    await page.getByText(`${number} 的处理意见已记下`).or(page.locator('.state.accepted')).first().waitFor();
    await page.goto(`${desk.desk.url}/applications/${number}`);
    expect(await page.locator('#head .state').textContent()).toBe('通过初审');
    expect(await page.locator('#history').textContent()).toContain('未另写理由'); // not words that nobody said
    expect(page.troubles).toEqual([]);
  }, 90_000);

  test('a mail that was set aside is brought back, and let go again', async () => {
    const page = await sit('reviewer');
    await page.goto(`${desk.desk.url}/messages?fate=set_aside`);
    await page.locator('table.messages a').first().click();
    const before = (await countMoves(desk.office.db)).union;
    await page.getByRole('button', { name: '这是申报材料' }).click();
    await desk.office.work();
    await page.reload();
    expect(await page.locator('#ruling').textContent()).toContain('现在按人工认定');
    await page.getByRole('button', { name: '仍由系统判断' }).click();
    await desk.office.work();
    expect((await countMoves(desk.office.db)).union).toBe(before);
    expect(page.troubles).toEqual([]);
  }, 60_000);

  test('the stop button: nothing leaves until somebody lets it', async () => {
    const page = await sit('reviewer');
    const colleague = await sit('viewer');
    await page.goto(`${desk.desk.url}/letters`);
    await page.getByPlaceholder('原因（可不填）').fill('领导要先看一遍');
    await page.getByRole('button', { name: '停止一切发信' }).click();
    await page.getByText('已停止：领导要先看一遍').waitFor();
    await colleague.getByText('发信已停止').waitFor(); // without reload, on whatever page
    const sent = (await letters(desk.office)).filter((line) => line.endsWith('sent')).length;
    await arrives(desk.office, desk.server, '11 09:00', persona('form-as-doc'));
    expect((await letters(desk.office)).filter((line) => line.endsWith('sent'))).toHaveLength(sent);
    await page.goto(desk.desk.url);
    expect(await page.getByRole('alert').first().textContent()).toContain('发信已停止');
    await page.goto(`${desk.desk.url}/letters`);
    await page.getByRole('button', { name: '恢复发信' }).click();
    await page.getByRole('button', { name: '停止一切发信' }).waitFor();
    await passes(desk.office, '11 10:00');
    expect((await letters(desk.office)).filter((line) => line.endsWith('sent')).length).toBeGreaterThan(sent);
    expect(page.troubles).toEqual([]);
  }, 60_000);
});
