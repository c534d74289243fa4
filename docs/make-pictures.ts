/**
 * Makes docs/letter.png: `node --import tsx docs/make-pictures.ts`. Needs Debian's chromium and a CJK font
 * (fonts-noto-cjk). The letter is the one of a persona, as the program writes it, under the heads a mail program shows.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lookAt } from '../src/cli/look.ts';
import { openReader } from '../src/documents/reader.ts';
import { loadNotice } from '../src/notice/load.ts';

const notice = loadNotice('config', 'jiaozuo-craftsman-2018');
const reader = openReader();
const { outcome } = await lookAt([{ file: 'fixtures/personas/wrong-check-digits/1.eml', said: null }], {
  notice,
  ownAddresses: [notice.mailbox],
  read: reader.read,
});
await reader.close();
const letter = outcome.letters[0]?.letter;
if (!letter) throw new Error('no letter');

const head = `<div style="border-bottom:1px solid #ddd;margin:0 0 16px;padding:0 0 12px;color:#555"><b style="font-size:20px;color:#222">${letter.subject}</b><br>发件人：${notice.office.name} &lt;${notice.mailbox}&gt;<br>收件人：${letter.to}</div>`;
const folder = mkdtempSync(join(tmpdir(), 'shouli-picture-'));
writeFileSync(
  join(folder, 'letter.html'),
  letter.html.replace('<div style="max-width:680px">', `<div style="max-width:760px">${head}`),
);
const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--hide-scrollbars',
  '--disable-background-networking',
  `--user-data-dir=${folder}/profile`,
];
const { status, stderr } = spawnSync(
  'chromium',
  [
    ...flags,
    '--window-size=820,640',
    `--screenshot=${join(process.cwd(), 'docs/letter.png')}`,
    join(folder, 'letter.html'),
  ],
  { encoding: 'utf8' },
);
rmSync(folder, { recursive: true, force: true });
if (status !== 0) throw new Error(stderr);
