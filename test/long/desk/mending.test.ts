import { mkdtempSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { readAttachments } from '../../../src/message/parse.ts';
import { listMessages } from '../../../src/store/message-list.ts';
import { messagesToRerun, rerunMessages } from '../../../src/store/messages.ts';
import { hasBrowser, openBrowser, sitDown } from '../../support/browser.ts';
import { openTestDesk, type TestDesk } from '../../support/console.ts';
import { persona } from '../../support/life.ts';

/** What goes wrong in an office, put right at the desk. */
(hasBrowser ? describe : describe.skip)('mending at the desk', () => {
  let browser: Browser;
  let desk: TestDesk;
  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openTestDesk([
      ['10 09:00', 'complete-in-one-mail'],
      ['10 09:10', 'correction-completes', 1],
    ]);
  }, 90_000);
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  const numberOf = async (nominee: string) => {
    const named = desk.office.db.selectFrom('application').select('number').where('nominee', '=', nominee);
    return (await named.executeTakeFirstOrThrow()).number;
  };

  test('failed work is seen with its reason, run again, and gone from the list', async () => {
    const { db, rawStore } = desk.office;
    const [mail] = await listMessages(db);
    const raw = rawStore.path(mail?.sha256 ?? '');
    renameSync(raw, `${raw}.away`); // somebody tidied up where nobody should
    await rerunMessages(db, await messagesToRerun(db, { ids: [mail?.id ?? 0] }));
    await desk.office.work();
    const page = await sitDown(browser, desk, 'admin');
    await page.goto(`${desk.desk.url}/jobs`);
    const row = page.locator('#failed tbody tr');
    expect(await row.count()).toBe(1);
    expect(await row.textContent()).toMatch(/原文|原始|找不到|不见/);
    expect(await page.locator('.badge').first().textContent()).toBe('1');
    renameSync(`${raw}.away`, raw);
    await row.getByRole('checkbox').check();
    await page.getByRole('button', { name: '重跑选中的' }).click();
    await desk.office.work();
    await page.goto(`${desk.desk.url}/jobs`);
    await page.getByText('没有失败的任务').waitFor();
    expect((await listMessages(db)).map(({ fate }) => fate)).toEqual(['recorded', 'recorded']);
    expect(page.troubles).toEqual([]);
  }, 60_000);

  test('a photo brought to the counter on a stick completes the application, marked as brought', async () => {
    const number = await numberOf('孙玉峰');
    const file = join(mkdtempSync(join(tmpdir(), 'shouli-stick-')), '孙玉峰2寸照片.jpg');
    const [photo] = readAttachments(persona('correction-completes', 2));
    writeFileSync(file, photo?.bytes ?? '');
    const page = await sitDown(browser, desk, 'reviewer');
    await page.goto(`${desk.desk.url}/applications/${number}`);
    expect(await page.locator('[data-number="6"] .sign').getAttribute('title')).toContain('未见');
    await page.getByText('补入文件').click();
    await page.locator('#mend-bring input[type=file]').setInputFiles(file);
    await page.locator('#mend-bring select').selectOption('photo:photo');
    await page.getByRole('button', { name: '补入', exact: true }).click();
    await desk.office.work();
    await page.goto(`${desk.desk.url}/applications/${number}`);
    expect(await page.locator('[data-number="6"] .sign').getAttribute('title')).toContain('已收到');
    expect(await page.locator('#history').textContent()).toContain('赵敏');
    await page.locator('[data-number="6"] .pieces a').first().click();
    await page.locator('#evidence img').waitFor();
    const width = await page.evaluate<number>(
      `document.querySelector('#evidence img').decode().then(() => document.querySelector('#evidence img').naturalWidth)`,
    );
    expect(width).toBeGreaterThan(100);
    expect(page.troubles).toEqual([]);
  }, 60_000);

  test('whose application it is: a name set right stays, and is taken back with a reason', async () => {
    const number = await numberOf('孙玉峰');
    const page = await sitDown(browser, desk, 'reviewer');
    await page.goto(`${desk.desk.url}/applications/${number}`);
    await page.getByText('姓名、推荐单位不对').click();
    await page.getByLabel('推荐人选').fill('孙玉锋');
    await page.getByRole('button', { name: '改姓名' }).click();
    await page.getByRole('heading', { name: /^孙玉锋/ }).waitFor();
    const act = page.locator('#history li', { hasText: '孙玉锋' }).last();
    await act.getByText('撤销').first().click();
    await act.getByPlaceholder('撤销的原因').fill('身份证上是“峰”');
    await act.getByRole('button', { name: '撤销' }).click();
    await page.getByRole('heading', { name: /^孙玉峰/ }).waitFor();
    expect(await page.locator('#history').textContent()).toContain('身份证上是“峰”');
    expect(page.troubles).toEqual([]);
  }, 60_000);
});
