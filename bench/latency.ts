/**
 * How long a union waits: `npm run build && node --import tsx bench/latency.ts [samples] [idle minutes]`. A real Dovecot with IDLE,
 * QUIET_MINUTES=0, complete mails delivered into the Maildir one by one; the time from there to the letter's last dot at
 * the SMTP server. Then the CPU of minutes in which nothing happens. The embedded database counts apart.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDovecot } from '../test/support/dovecot.ts';
import { startScriptedSmtp } from '../test/support/scripted-smtp.ts';
import { sentBy } from './support/mails.ts';
import { cpuSeconds, residentMegabytes, startShouli, until } from './support/process.ts';

const samples = Number(process.argv[2] ?? 60);
const idleMinutes = Number(process.argv[3] ?? 2);
const arrival = new Date('2018-07-10T02:00:00Z');
const mails = await Promise.all(
  Array.from({ length: samples + 1 }, async (_, index) => (await sentBy(index, 'complete', arrival)).mails[0]),
);
const dovecot = await startDovecot();
const smtp = await startScriptedSmtp();
const folder = mkdtempSync(join(tmpdir(), 'shouli-latency-'));
const office = startShouli(['start'], {
  IMAP_URL: dovecot.url,
  SMTP_URL: smtp.url,
  DATA_DIR: folder,
  NOW: '2018-07-10T10:00:00',
  LETTERS: 'auto',
  QUIET_MINUTES: '0',
  LOG_LEVEL: 'warn',
});
try {
  await until(() => office.output().includes('已启动'), 60_000);
  await sleep(1_500);
  const taken: number[] = [];
  for (const [index, mail] of mails.entries()) {
    if (!mail) continue;
    const before = smtp.delivered.length;
    const began = performance.now();
    dovecot.deliver(mail, arrival);
    await until(() => smtp.delivered.length > before, 90_000);
    const ms = performance.now() - began;
    if (index > 0)
      taken.push(ms); // the first starts the readers
    else console.log(`first mail ${ms.toFixed(0)} ms`);
    await sleep(200 + ((index * 137) % 400));
  }
  const sorted = taken.toSorted((a, b) => a - b);
  const at = (share: number) => `${((sorted[Math.ceil(sorted.length * share) - 1] ?? 0) / 1000).toFixed(3)} s`;
  console.log(`${sorted.length} samples  p50 ${at(0.5)}  p90 ${at(0.9)}  p99 ${at(0.99)}  max ${at(1)}`);
  await sleep(5_000);
  for (let minute = 1; minute <= idleMinutes; minute += 1) {
    const before = cpuSeconds(office.pid);
    await sleep(60_000);
    const after = cpuSeconds(office.pid);
    const spent = (of: 'alone' | 'family') => (after[of] - before[of]).toFixed(3);
    console.log(`idle minute ${minute}: ${spent('alone')} CPU s, with readers ${spent('family')}`);
  }
  const { alone, family } = residentMegabytes(office.pid);
  console.log(`resident ${alone.toFixed(0)} MB, with readers ${family.toFixed(0)} MB`);
} finally {
  if (/warn|error/i.test(office.output())) console.log(office.output());
  await office.stop();
  await smtp.close();
  await dovecot.stop();
  rmSync(folder, { recursive: true, force: true });
}
