/**
 * What one huge mail costs: `npm run build && node --import tsx bench/memory.ts [megabytes]`. Resident memory of the
 * office's process, sampled every 20 ms from delivery to letter, above what it held while idle; then that of the
 * processes it forks, which come and go.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startDovecot } from '../test/support/dovecot.ts';
import { startScriptedSmtp } from '../test/support/scripted-smtp.ts';
import { enlarged, sentBy } from './support/mails.ts';
import { residentMegabytes, startShouli, until } from './support/process.ts';

const megabytes = Number(process.argv[2] ?? 50);
const arrival = new Date('2018-07-10T02:00:00Z');
const [ordinary, huge] = [await sentBy(0, 'complete', arrival), await enlarged(1, megabytes * 1e6, arrival)];
const dovecot = await startDovecot();
const smtp = await startScriptedSmtp();
const folder = mkdtempSync(join(tmpdir(), 'shouli-memory-'));
const office = startShouli(['start'], {
  IMAP_URL: dovecot.url,
  SMTP_URL: smtp.url,
  DATA_DIR: folder,
  NOW: '2018-07-10T10:00:00',
  LETTERS: 'auto',
  QUIET_MINUTES: '0',
});
const peak = { alone: 0, family: 0 };
const sample = () => {
  const now = residentMegabytes(office.pid);
  peak.alone = Math.max(peak.alone, now.alone);
  peak.family = Math.max(peak.family, now.family);
};
try {
  await until(() => office.output().includes('已启动'), 60_000);
  for (const raw of ordinary.mails) dovecot.deliver(raw, arrival);
  await until(() => smtp.delivered.length === 1, 90_000); // an office at work, not one just born
  await sleep(10_000);
  const idle = residentMegabytes(office.pid);
  const sampling = setInterval(sample, 20);
  const began = performance.now();
  dovecot.deliver(huge, arrival);
  await until(() => smtp.delivered.length === 2, 120_000);
  const seconds = (performance.now() - began) / 1000;
  await sleep(2_000);
  clearInterval(sampling);
  console.log(`mail of ${(huge.length / 1e6).toFixed(1)} MB, letter after ${seconds.toFixed(1)} s`);
  for (const which of ['alone', 'family'] as const)
    console.log(
      `${which}: idle ${idle[which].toFixed(0)} MB, peak ${peak[which].toFixed(0)} MB, above ${(peak[which] - idle[which]).toFixed(0)} MB`,
    );
} finally {
  await office.stop();
  if (/"level":[45]/.test(office.output())) console.log(office.output());
  await smtp.close();
  await dovecot.stop();
  rmSync(folder, { recursive: true, force: true });
}
