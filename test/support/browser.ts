import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, chromium, type Page } from 'playwright-core';
import type { Role } from '../../src/store/desk/staff.ts';
import { staff, type TestDesk } from './console.ts';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const executablePath = places.find((place) => existsSync(place));

/** Debian's Chromium; `.ci/run` installs it. Without one the journeys skip, and say so. */
export const hasBrowser = executablePath !== undefined;
if (!hasBrowser) console.warn('no Chromium here (apt-get install chromium): the review desk is not tried in a browser');

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: executablePath ?? '', args: ['--no-sandbox'] });

/** A page of somebody who has logged in, with everything that went wrong in it: errors, dialogs, requests to elsewhere. */
export type DeskPage = Page & { troubles: string[] };

/** @param width 1366: the office's screen; 390: a phone */
export async function sitDown(browser: Browser, { desk }: TestDesk, role: Role, width = 1366): Promise<DeskPage> {
  const context = await browser.newContext({ viewport: { width, height: width > 600 ? 768 : 844 }, locale: 'zh-CN' });
  const page = Object.assign(await context.newPage(), { troubles: [] as string[] });
  page.on('pageerror', (error) => page.troubles.push(`error ${error.message}`));
  page.on('dialog', (dialog) => {
    if (dialog.type() !== 'confirm') page.troubles.push(`dialog ${dialog.message()}`);
    void dialog.accept();
  });
  page.on('console', (line) => line.type() === 'error' && page.troubles.push(`console ${line.text()}`));
  page.on('request', (request) => {
    if (!request.url().startsWith(desk.url)) page.troubles.push(`request ${request.url()}`);
  });
  await page.goto(desk.url);
  await page.getByLabel('姓名').fill(staff[role].name);
  await page.getByLabel('密码').fill(staff[role].password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.getByRole('heading', { name: '今天要做的事' }).waitFor();
  return page;
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
type AxeResults = { violations: { id: string; impact: string; nodes: { target: string[] }[] }[] };

/** What axe-core finds serious or critical on a page: rule and places. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations } = await page.evaluate<AxeResults>('axe.run(document)');
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ target }) => target.join(' '))
          .slice(0, 4)
          .join(', ')}`,
    );
}
