/**
 * A busy day at once: `npm run build && node --import tsx bench/office.ts`. 200 mails of 140 made-up nominees and 40
 * machines lie in a real Dovecot; `shouli start --once` takes them in and answers with QUIET_MINUTES=0. Each nominee
 * gets one letter, machines none, and a second run sends nothing.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startDovecot } from '../test/support/dovecot.ts';
import { startScriptedSmtp } from '../test/support/scripted-smtp.ts';
import { robotMail, type Sent, sentBy, type Way } from './support/mails.ts';
import { startShouli } from './support/process.ts';

const ways: Way[] = [
  ...Array<Way>(100).fill('complete'),
  ...Array<Way>(20).fill('forgets_photo'),
  ...Array<Way>(20).fill('corrects'),
];
const minute = (index: number) => new Date(Date.parse('2018-07-10T01:00:00Z') + index * 60_000);

const unions: Sent[] = [];
for (const [index, way] of ways.entries()) unions.push(await sentBy(index, way, minute(index)));
const robots = Array.from({ length: 40 }, (_, index) => robotMail(index, minute(3 * index)));
const dovecot = await startDovecot();
const smtp = await startScriptedSmtp();
const folder = mkdtempSync(join(tmpdir(), 'shouli-office-'));
const settings = {
  IMAP_URL: dovecot.url,
  SMTP_URL: smtp.url,
  DATA_DIR: folder,
  NOW: '2018-07-12T09:00:00',
  LETTERS: 'auto',
  QUIET_MINUTES: '0',
};
try {
  for (const [index, { mails }] of unions.entries())
    for (const [n, raw] of mails.entries()) dovecot.deliver(raw, minute(index + 60 * n));
  for (const [index, raw] of robots.entries()) dovecot.deliver(raw, minute(3 * index));
  const mails = unions.reduce((sum, one) => sum + one.mails.length, 0) + robots.length;
  await run(`${mails} mails`);
  const told = smtp.delivered.flatMap(({ to }) => to);
  const wanted = new Set(unions.map(({ address }) => address));
  console.log(`nominees ${unions.length}, letters ${told.length}, addresses ${new Set(told).size}`);
  console.log(
    `to machines ${told.filter((to) => !wanted.has(to)).length}, to one twice ${told.length - new Set(told).size}`,
  );
  const states = lettersNow().map(({ number, state }) => `${number ? 'nominee' : 'office'} ${state}`);
  console.log(
    `in the books: ${[...new Set(states)].map((each) => `${each} ${states.filter((one) => one === each).length}`).join(', ')}`,
  );
  smtp.delivered.length = 0;
  await run('second run');
  console.log(`letters of the second run ${smtp.delivered.length}`);
} finally {
  await smtp.close();
  await dovecot.stop();
  rmSync(folder, { recursive: true, force: true });
}

async function run(what: string): Promise<void> {
  const began = performance.now();
  const office = startShouli(['start', '--once'], settings);
  const code = await office.ended;
  console.log(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s, exit code ${code}`);
  console.log(
    office
      .output()
      .split('\n')
      .filter((line) => !/收到|发出 {2}/.test(line))
      .join('\n')
      .trim(),
  );
}

function lettersNow(): { number: string | null; state: string }[] {
  const env = { PATH: process.env.PATH, ...settings };
  return JSON.parse(
    execFileSync(process.execPath, ['bin/shouli.mjs', 'letters', '--json'], { encoding: 'utf8', env, maxBuffer: 1e9 }),
  );
}
