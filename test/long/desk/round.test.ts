import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { readJuly } from '../../../src/rehearsal/july.ts';
import { countMoves } from '../../../src/store/desk/application-rows.ts';
import { type DeskPage, hasBrowser, openBrowser, seriousViolations, sitDown } from '../../support/browser.ts';
import { openTestDesk, type TestDesk } from '../../support/console.ts';

/** A whole July lies there in the morning. */
(hasBrowser ? describe : describe.skip)('a morning at the desk', () => {
  let browser: Browser;
  let desk: TestDesk;
  let screens: DeskPage[];
  beforeAll(async () => {
    browser = await openBrowser();
    desk = await openTestDesk([]);
    const first = new Date('2018-07-09T00:00:00Z');
    for (const { raw, receivedAt, folder } of readJuly(['fixtures/personas', 'fixtures/rehearsal']))
      if (receivedAt >= first) desk.server.deliver({ raw, receivedAt, folder });
    desk.office.clock.jumpTo(new Date('2018-07-19T08:30:00+08:00'));
    await desk.office.work();
    screens = [await sitDown(browser, desk, 'admin'), await sitDown(browser, desk, 'admin', 390)];
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await desk?.close();
  });

  const counted = (page: DeskPage) => {
    const counts = { presses: 0, pages: 0 };
    page.on('framenavigated', () => (counts.pages += 1));
    return {
      counts,
      press: async (key: string) => {
        counts.presses += 1;
        await page.keyboard.press(key);
      },
      click: async (name: string) => {
        counts.presses += 1;
        await page.getByRole('button', { name, exact: true }).click();
      },
    };
  };

  test('twenty complete applications are looked at and passed: one press and one page each', async () => {
    const page = await sitDown(browser, desk, 'reviewer');
    const { counts, press, click } = counted(page);
    await page.goto(`${desk.desk.url}/applications?move=review`);
    expect((await countMoves(desk.office.db)).review).toBeGreaterThanOrEqual(20);
    await press('j');
    await press('Enter');
    await page.waitForURL(/\/applications\/JZGJ/);
    for (let passed = 1; passed <= 20; passed += 1) {
      expect(await page.locator('#evidence .preview, #evidence img').first().isVisible()).toBe(true);
      const before = page.url();
      await click('通过初审');
      await page.waitForURL((url) => url.href !== before);
    }
    expect((await countMoves(desk.office.db)).decided).toBe(20);
    expect(counts.presses).toBe(22);
    expect(counts.pages).toBeLessThanOrEqual(22);
    expect(page.troubles).toEqual([]);
  }, 120_000);

  test('by keyboard alone: search, walk, look at a material, write an answer', async () => {
    const page = await sitDown(browser, desk, 'reviewer');
    await page.goto(`${desk.desk.url}/applications`);
    await page.keyboard.press('/');
    await page.keyboard.type('总工会');
    await page.keyboard.press('Enter');
    await page.waitForURL(/q=/);
    await page.locator('body').click({ position: { x: 5, y: 400 } });
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('ArrowDown');
    expect(await page.locator('tr.picked').count()).toBe(1);
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/applications\/JZGJ/);
    await page.keyboard.press('2');
    expect(await page.evaluate('document.activeElement.id')).toBe('requirement-2-name');
    await page.keyboard.press('d');
    await page.keyboard.type('n 是一个字，不是翻页');
    expect(await page.locator('[data-decide]').inputValue()).toBe('n 是一个字，不是翻页');
    await page.keyboard.press('Escape');
    expect(page.troubles).toEqual([]);
  }, 60_000);

  const places = [
    ...['/', '/applications', '/applications?move=union', '/messages', '/messages/1', '/letters?state=sent', '/jobs'],
    ...['/letters', '/settings', '/settings/audit', '/settings/doctor', '/password', '/nothing-here', 'an application'],
  ];
  test.each(places)(
    '%s: nothing that axe-core calls serious, on the office’s screen and on a phone',
    async (place) => {
      const [{ number } = { number: '' }] = await desk.office.db
        .selectFrom('application')
        .select('number')
        .limit(1)
        .execute();
      for (const page of screens) {
        await page.goto(desk.desk.url + (place.startsWith('/') ? place : `/applications/${number}`));
        expect(await seriousViolations(page)).toEqual([]);
        const overflow = await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth');
        expect(overflow).toBeLessThanOrEqual(0);
      }
    },
    60_000,
  );
});
