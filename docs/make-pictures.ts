/**
 * Makes docs/letter.png and docs/digest.png out of letters that a rehearsal has written:
 * `npm start -- --once && node --import tsx docs/make-pictures.ts data/rehearsal/outbox`.
 * Needs Debian's chromium and a CJK font (fonts-noto-cjk).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { simpleParser } from 'mailparser';

const outbox = process.argv[2] ?? 'data/rehearsal/outbox';
await picture(/JZGJ-2018-0007-correction_request/, 'docs/letter.png', '820,800');
await picture(/2018-07-19-digest/, 'docs/digest.png', '820,1150');

/** The newest letter of that name as a mail program shows it, under its heads and the names of its attachments. */
async function picture(name: RegExp, file: string, size: string): Promise<void> {
  const found = readdirSync(outbox)
    .filter((each) => name.test(each))
    .at(-1);
  if (!found) throw new Error(`no letter ${name} in ${outbox}`);
  const { subject, from, to, html, attachments } = await simpleParser(readFileSync(join(outbox, found)));
  const enclosed = attachments.map(({ filename }) => `附件：${filename}`);
  const heads = [`发件人：${from?.text}`, `收件人：${[to].flat()[0]?.text}`, ...enclosed].map(escaped).join('<br>');
  const head = `<div style="border-bottom:1px solid #ddd;margin:16px;padding:0 0 12px;color:#555;font:15px/1.8 sans-serif"><b style="font-size:20px;color:#222">${escaped(subject ?? '')}</b><br>${heads}</div>`;
  screenshot(
    String(html).replace(/<body[^>]*>/, (body) => body + head),
    resolve(file),
    size,
  );
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}

function screenshot(html: string, file: string, size: string): void {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-picture-'));
  writeFileSync(join(folder, 'page.html'), html);
  const flags = ['--headless', '--no-sandbox', '--disable-gpu', '--hide-scrollbars', '--disable-background-networking'];
  const { status, stderr } = spawnSync(
    'chromium',
    [
      ...flags,
      `--user-data-dir=${folder}/profile`,
      `--window-size=${size}`,
      `--screenshot=${file}`,
      join(folder, 'page.html'),
    ],
    { encoding: 'utf8' },
  );
  rmSync(folder, { recursive: true, force: true });
  if (status !== 0) throw new Error(stderr);
}
