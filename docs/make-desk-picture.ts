/**
 * Makes docs/desk.png while a rehearsal's review desk is open: `node --import tsx docs/make-desk-picture.ts PASSWORD`, with the
 * password that the terminal shows. Needs Debian's chromium and a CJK font (fonts-noto-cjk).
 */
import { chromium } from 'playwright-core';

const [password = '', address = 'http://127.0.0.1:8126'] = process.argv.slice(2);
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 1366, height: 768 } });
await page.goto(address);
await page.getByLabel('姓名').fill('演练');
await page.getByLabel('密码').fill(password);
await page.getByRole('button', { name: '登录' }).click();
await page.goto(`${address}/applications?q=${encodeURIComponent('JZGJ-2018-0011')}`);
await page.locator('table.applications tbody a').first().click();
await page.getByRole('link', { name: /^看 / }).first().click();
await page.locator('#evidence .marked').waitFor();
await page.screenshot({ path: 'docs/desk.png' });
await browser.close();
