import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { type Dovecot, startDovecot } from '../../test/support/dovecot.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../../test/support/scripted-smtp.ts';
import { type Answered, headerOf, judge, type Outcome } from './outcome.ts';
import { cpuSeconds, type Running, residentMegabytes, startNode, startShouli, until } from './process.ts';
import { type SeasonMail, season } from './season.ts';

/** A Dovecot in which the mails of a season lie, and what they are. */
export type Box = { dovecot: Dovecot; mails: Omit<SeasonMail, 'raw'>[]; megabytes: number };

/** One contestant over one box, from its start to its last letter; `database`: CPU seconds of it, in none of `cpu`. */
export type Run = { wall: number; cpu: number; database: number; peak: number; peakFamily: number; outcome: Outcome };

const patienceMs = 20 * 60_000;

/** In the order of arrival, as mails lie in a mailbox: the season has its late ones among the others. */
export async function fillBox(count: number): Promise<Box> {
  const box: Box = { dovecot: await startDovecot(), mails: [], megabytes: 0 };
  const late: SeasonMail[] = [];
  const put = ({ raw, ...mail }: SeasonMail) => {
    box.dovecot.deliver(raw, mail.received);
    box.mails.push(mail);
    box.megabytes += raw.length / 1e6;
  };
  for await (const mail of season(0, count))
    if (mail.due?.letter === 'late_notice') late.push(mail);
    else put(mail);
  for (const mail of late) put(mail);
  return box;
}

/** The office: the built command on a fresh folder whose database stands already, as on its second morning. */
export async function runShouli({ dovecot, mails }: Box): Promise<Run> {
  const smtp = await startScriptedSmtp();
  const folder = mkdtempSync(join(tmpdir(), 'shouli-road-'));
  const settings = settingsFor(folder, dovecot.url, smtp.url, '2018-07-20T20:00:00');
  const command = (...words: string[]) => shouli(words, settings);
  try {
    await command('messages', '--json');
    const soon = mails.filter(({ due }) => due && due.letter !== 'late_notice').length;
    const run = await measured(startShouli(['start'], settings), smtp, soon);
    // Office time stands still between two starts: the late ones' letters fall due in the next.
    settings.NOW = '2018-07-22T09:00:00';
    await command('start', '--once');
    return { ...run, outcome: judge(mails, told(smtp, mails, JSON.parse(await command('applications', '--json')))) };
  } finally {
    await smtp.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measured(office: Running, smtp: ScriptedSmtp, letters: number) {
  const began = performance.now();
  try {
    await Promise.race([until(() => smtp.delivered.length >= letters, patienceMs), failed(office)]);
    const wall = (performance.now() - began) / 1000;
    await sleep(1_500); // what is still written down after the last letter counts
    const { family, database } = cpuSeconds(office.pid);
    const { alone, family: peakFamily } = residentMegabytes(office.pid, 'peak');
    return { wall, cpu: family, database, peak: alone, peakFamily };
  } finally {
    await office.stop();
    if (/"level":[45]/.test(office.output())) console.log(office.output());
  }
}

/** Never resolves. @throws Error with what the office said, when it ends by itself */
async function failed(office: Running): Promise<never> {
  const code = await office.ended;
  throw new Error(`the office ended with ${code}: ${office.output()}`);
}

/** CPU of the office from its start until it watches an empty mailbox; part of each run's. */
export async function startUp(): Promise<{ cpu: number; database: number }> {
  const dovecot = await startDovecot();
  const folder = mkdtempSync(join(tmpdir(), 'shouli-road-'));
  const settings = settingsFor(folder, dovecot.url, `file:${join(folder, 'sent')}`, '2018-07-20T20:00:00');
  await shouli(['messages', '--json'], settings);
  const office = startShouli(['start'], settings);
  try {
    await until(() => office.output().includes('已启动'), 60_000);
    await sleep(3_000); // the readers warm up
    const { family, database } = cpuSeconds(office.pid);
    return { cpu: family, database };
  } finally {
    await office.stop();
    await dovecot.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A program that works through the box and ends, told to say what it used by usage.mjs. */
export async function runProgram(words: string[], { dovecot, mails }: Box): Promise<Run> {
  const smtp = await startScriptedSmtp();
  const settings = { IMAP_URL: dovecot.url, SMTP_URL: smtp.url };
  try {
    const began = performance.now();
    const program = startNode(['--import', './bench/support/usage.mjs', ...words], settings);
    const code = await program.ended;
    const wall = (performance.now() - began) / 1000;
    const used = /^used (.*)$/m.exec(program.output())?.[1];
    if (code !== 0 || !used) throw new Error(program.output());
    const { cpu, peak } = JSON.parse(used) as { cpu: number; peak: number };
    const children = Number(/^children (.*)$/m.exec(program.output())?.[1] ?? 0); // a process cannot ask for those alive
    const answers = smtp.delivered.map((letter) => ({
      address: letter.to[0] ?? '',
      letter: headerOf(letter, 'X-Letter'),
      missing: headerOf(letter, 'X-Missing').split(' ').filter(Boolean),
    }));
    return { wall, cpu: cpu + children, database: 0, peak, peakFamily: peak, outcome: judge(mails, answers) };
  } finally {
    await smtp.close();
  }
}

/** Runs a command to its end; the mail server, which is this process, answers meanwhile. @returns what it printed */
const shouli = async (words: string[], env: NodeJS.ProcessEnv) =>
  (await promisify(execFile)(process.execPath, ['bin/shouli.mjs', ...words], { env, maxBuffer: 1e9 })).stdout;

const settingsFor = (folder: string, imapUrl: string, smtpUrl: string, now: string) => ({
  PATH: process.env.PATH ?? '',
  IMAP_URL: imapUrl,
  SMTP_URL: smtpUrl,
  DATA_DIR: folder,
  NOW: now,
  MAIL_FROM: 'office@126.example',
  LETTERS: 'auto',
  QUIET_MINUTES: '0',
  LOG_LEVEL: 'warn',
});

type Application = { nominee: string | null; requirements: Record<string, { state: string }> };

/** Our letters, each with the materials that its application lacks. */
function told(smtp: ScriptedSmtp, mails: Box['mails'], applications: Application[]): Answered[] {
  const nominees = new Map(mails.map(({ address, nominee }) => [address, nominee]));
  const lacking = new Map(
    applications.map(({ nominee, requirements }) => [
      nominee,
      Object.entries(requirements)
        .filter(([, { state }]) => !['present', 'declared_none', 'on_paper'].includes(state))
        .map(([code]) => code),
    ]),
  );
  return smtp.delivered.map((letter) => ({
    address: letter.to[0] ?? '',
    letter: headerOf(letter, 'X-Shouli-Letter'),
    missing: lacking.get(nominees.get(letter.to[0] ?? '') ?? null) ?? [],
  }));
}
