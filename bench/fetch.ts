/**
 * Mails a second from a real Dovecot: ours (fetch, hash, keep with fsync, take apart) against imapflow's fetch and
 * mailparser's simpleParser, which keep nothing: `node --import tsx bench/fetch.ts [COUNT] [KILOBYTES]` (1,000 of 300).
 * Each runs in a process of its own, alone, in turns; the peak is all that process held.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ImapFlow } from 'imapflow';
import { simpleParser } from 'mailparser';
import { entity, filePart, gb, parts, textPart, to, word } from '../fixtures/mails/writing.ts';
import { silentLog } from '../src/log.ts';
import { openMailbox } from '../src/mailbox/mailbox.ts';
import { openRawStore } from '../src/mailbox/raw-store.ts';
import { parseMail } from '../src/message/parse.ts';
import { loadNotice } from '../src/notice/load.ts';
import { startDovecot } from '../test/support/dovecot.ts';
import { memoryLedger } from '../test/support/memory-ledger.ts';

const count = Number(process.argv[2] ?? 1_000);
const kilobytes = Number(process.argv[3] ?? 300);
const turns = 3;

if (process.env.BENCH_ROLE) await runAs(process.env.BENCH_ROLE, process.env.BENCH_URL ?? '');
else await compare();

async function compare(): Promise<void> {
  const dovecot = await startDovecot();
  try {
    for (let number = 0; number < count; number++) dovecot.deliver(mail(number), new Date(1_531_200_000_000 + number));
    const rates: Record<string, number[]> = { ours: [], theirs: [] };
    for (let turn = 0; turn < turns; turn++)
      for (const role of ['ours', 'theirs']) {
        const { seconds, cpu, peak } = await measured(role, dovecot.url);
        rates[role]?.push(count / seconds);
        const rate = (count / seconds).toFixed(0);
        console.log(
          `${role.padEnd(7)} ${rate.padStart(5)} mails/s, CPU ${cpu.toFixed(1)} s, peak ${peak.toFixed(0)} MB`,
        );
      }
    const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
    console.log(`ratio of the medians ${(median(rates.ours ?? []) / median(rates.theirs ?? [])).toFixed(1)} : 1`);
  } finally {
    await dovecot.stop();
  }
}

type Measured = { seconds: number; cpu: number; peak: number };

async function measured(role: string, url: string): Promise<Measured> {
  const env = { PATH: process.env.PATH, BENCH_ROLE: role, BENCH_URL: url };
  const child = fork(new URL(import.meta.url), process.argv.slice(2), { env, execArgv: ['--import', 'tsx'] });
  const [answer] = await once(child, 'message');
  return answer as Measured;
}

async function runAs(role: string, url: string): Promise<void> {
  const [began, cpu] = [performance.now(), process.cpuUsage()];
  await (role === 'ours' ? takeOurs(url) : takeTheirs(url));
  const { user, system } = process.cpuUsage(cpu);
  const seconds = (performance.now() - began) / 1_000;
  process.send?.({ seconds, cpu: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1_024 });
}

async function takeOurs(imapUrl: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-fetch-'));
  const words = loadNotice('config', 'jiaozuo-craftsman-2018').words.mail;
  const [rawStore, ledger] = [await openRawStore(folder), memoryLedger()];
  const mailbox = openMailbox({ imapUrl, ledger, rawStore, opens: new Date(0), log: silentLog });
  const { kept } = await mailbox.poll();
  for (const { arrival } of ledger.mails.values()) parseMail(await rawStore.read(arrival.raw.sha256), words);
  await mailbox.close();
  rmSync(folder, { recursive: true, force: true });
  if (kept.length !== count) throw new Error(`${kept.length} mails`);
}

async function takeTheirs(imapUrl: string): Promise<void> {
  const { hostname: host, port, username, password } = new URL(imapUrl);
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  const client = new ImapFlow({ host, port: Number(port), secure: false, doSTARTTLS: false, auth, logger: false });
  await client.connect();
  await client.mailboxOpen('INBOX', { readOnly: true });
  let taken = 0;
  for await (const { source } of client.fetch('1:*', { source: true })) {
    if (source) await simpleParser(source);
    taken++;
  }
  await client.logout();
  if (taken !== count) throw new Error(`${taken} mails`);
}

/** A letter of Foxmail's with three files. */
function mail(number: number): Buffer {
  const size = Math.round((kilobytes * 1_000 * 3) / 4 / 1.03 / 3);
  const content = Buffer.from(
    Array.from({ length: size }, (_, index) => (index * 7_919 + (index >> 8) + number) & 255),
  );
  const files = ['推荐表.doc', '业绩量化表.xls', '照片.jpg'].map((name) =>
    filePart([`Content-Type: application/octet-stream;\r\n\tname="${word('GB2312', gb(name))}"`], content),
  );
  const head = [
    'Received: from mail.example.com by mx1 (Coremail); Tue, 10 Jul 2018 10:00:00 +0800 (CST)',
    `From: ${word('GB2312', gb('王丽'))} <a${number}@example.com>`,
    to,
    `Subject: ${word('GB2312', gb('焦作工匠推荐材料'))}`,
    `Message-ID: <${number}@example.com>`,
    'Content-Type: multipart/mixed; boundary="b"',
  ];
  return entity(head, parts('b', textPart('text/plain', 'GB2312', gb('材料见附件，请查收。')), ...files));
}
