/**
 * A mailbox full of old mail: `npm run build && node --import tsx bench/mailbox.ts [COUNT]`. The first look at COUNT
 * mails from before the round (default 100,000) on the NetEase-like server, stopped half way and gone on with; then the
 * CPU of polls that bring nothing, beside those of a mailbox of a hundred.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { startNeteaseServer } from '../src/rehearsal/server/server.ts';
import { cpuSeconds, residentMegabytes, startShouli, until } from './support/process.ts';

const count = Number(process.argv[2] ?? 100_000);
const idleSeconds = 60;
const pollSeconds = 5;

await look(100, false);
await look(count, true);

async function look(mails: number, stopsHalfWay: boolean): Promise<void> {
  const server = await startNeteaseServer();
  const old = new Date('2018-05-02T10:00:00+08:00');
  for (let number = 0; number < mails; number++) {
    const head = `From: a${number}@example.com\r\nSubject: mail ${number}\r\nMessage-ID: <${number}@example.com>`;
    server.deliver({ raw: Buffer.from(`${head}\r\n\r\nx\r\n`), receivedAt: old });
  }
  const folder = mkdtempSync(join(tmpdir(), 'shouli-mailbox-'));
  const settings = {
    IMAP_URL: server.url,
    DATA_DIR: folder,
    NOW: '2018-07-10T10:00:00',
    POLL_SECONDS: `${pollSeconds}`,
  };
  try {
    if (stopsHalfWay) await stopHalfWay(mails, settings);
    const began = performance.now();
    const office = startShouli(['start'], settings);
    await until(() => office.output().includes('已启动'), 3_600_000);
    const left = /共 (\d+) 封/.exec(office.output())?.[1] ?? `${mails}`;
    console.log(`${mails} mails: looked at ${left} in ${((performance.now() - began) / 1000).toFixed(1)} s`);
    await sleep(10_000);
    const [before, polls] = [cpuSeconds(office.pid).alone, polled(server.log)];
    await sleep(idleSeconds * 1_000);
    const spent = ((cpuSeconds(office.pid).alone - before) * 1000) / Math.max(1, polled(server.log) - polls);
    console.log(
      `${mails} mails: an idle poll costs ${spent.toFixed(1)} ms of CPU; resident ${residentMegabytes(office.pid).alone.toFixed(0)} MB`,
    );
    await office.stop();
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function stopHalfWay(mails: number, settings: Record<string, string>): Promise<void> {
  const office = startShouli(['start'], settings);
  const half = new RegExp(`已看 ${Math.floor(mails / 2_000) * 1_000} 封`);
  await until(() => half.test(office.output()), 3_600_000);
  const began = performance.now();
  await office.stop();
  console.log(`told to stop at half: gone after ${((performance.now() - began) / 1000).toFixed(1)} s`);
}

function polled(log: readonly { name: string; text: string }[]): number {
  return log.filter(({ name, text }) => name === 'EXAMINE' && /INBOX/i.test(text)).length;
}
