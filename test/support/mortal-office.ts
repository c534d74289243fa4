import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { silentLog } from '../../src/log.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { openDatabase } from '../../src/store/database.ts';
import { readState } from '../../src/store/state-hash.ts';
import { freshDatabase, type TestDatabase } from './database.ts';
import { type ScriptedSmtp, startScriptedSmtp } from './scripted-smtp.ts';

/** How one run of the office ended. */
export type Run = { signal: NodeJS.Signals | null; code: number | null; said: string; ms: number };

/** An office of its own, run by the built command against a mailbox and a mail server that outlive it. */
export type MortalOffice = {
  /**
   * `shouli start --once`.
   *
   * @param end the step it dies at, or after how many milliseconds it is killed
   */
  run: (end?: { step: string } | { ms: number }) => Promise<Run>;
  /** `shouli rebuild --yes`. */
  rebuild: () => Promise<Run>;
  /** The books. @param times false: without what depends on when the work was done */
  state: (times?: boolean) => Promise<Record<string, unknown[]>>;
  /** Message-IDs of the letters that the mail server took, as often as it took them. */
  taken: () => string[];
  dataDir: string;
  databaseUrl: string;
  close: () => Promise<void>;
};

/** Where offices are tried: one mailbox with a few mails, and the books of an office that opened before they came. */
export type Ground = { open: () => Promise<MortalOffice>; close: () => Promise<void> };

/** Two applications, one of them over three mails; a mail that staff answer; one from before the round. Three letters. */
const mails: [story: string, receivedAt: string][] = [
  ['personas/three-mails-one-application/1', '2018-07-17T09:00:00+08:00'],
  ['personas/two-items-missing/1', '2018-07-17T09:05:00+08:00'],
  ['personas/three-mails-one-application/2', '2018-07-17T09:10:00+08:00'],
  ['personas/question-without-attachment/1', '2018-07-17T09:15:00+08:00'],
  ['personas/three-mails-one-application/3', '2018-07-17T09:20:00+08:00'],
  ['rehearsal/before-the-round/1', '2018-05-02T09:00:00+08:00'],
];

/** The office opens the day before, on an empty mailbox; then the mails come, and the digest is due. */
const [dayBefore, today] = ['2018-07-16T18', '2018-07-17T10'];

export async function openGround(): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-mortal-'));
  const server = await startNeteaseServer();
  const like = await freshDatabase();
  mkdirSync(join(folder, 'first'));
  const first = await openOn(join(folder, 'first'), like, server, dayBefore);
  const opened = await first.run();
  if (opened.code !== 0) throw new Error(`the office did not open: ${opened.said}`);
  await first.closePost();
  for (const [story, receivedAt] of mails)
    server.deliver({ raw: readFileSync(join('fixtures', `${story}.eml`)), receivedAt: new Date(receivedAt) });
  let count = 0;
  return {
    open: async () => {
      count += 1;
      const own = join(folder, `office-${count}`);
      cpSync(join(folder, 'first'), own, { recursive: true });
      return openOn(own, await freshDatabase(like), server, today);
    },
    close: async () => {
      await server.close();
      await like.close();
      rmSync(folder, { recursive: true });
    },
  };
}

async function openOn(dataDir: string, database: TestDatabase, server: NeteaseServer, hour: string) {
  let runs = 0;
  const smtp: ScriptedSmtp = await startScriptedSmtp();
  const env = {
    PATH: process.env.PATH,
    DATA_DIR: dataDir,
    DATABASE_URL: database.url,
    CONFIG_DIR: resolve('config'),
    IMAP_URL: server.url,
    SMTP_URL: smtp.url,
    DIGEST_TO: 'office@126.example',
    LETTERS: 'auto',
    QUIET_MINUTES: '0',
  };
  return {
    dataDir,
    databaseUrl: database.url,
    run: (end?: { step: string } | { ms: number }) => {
      const now = `${hour}:${String(runs++).padStart(2, '0')}:00`; // time goes on between two starts
      const fatal = end && 'step' in end ? { SHOULI_DIE_AT: end.step } : {};
      return command(['start', '--once'], { ...env, NOW: now, ...fatal }, dataDir, end);
    },
    rebuild: () => command(['rebuild', '--yes'], env, dataDir),
    state: async (times = false) => {
      const { db, close } = await openDatabase(database.url, silentLog);
      try {
        return await readState(db, { times });
      } finally {
        await close();
      }
    },
    taken: () => smtp.delivered.map(({ raw }) => raw.toString('latin1').match(/^Message-ID:\s+(<[^>]+>)/im)?.[1] ?? ''),
    closePost: smtp.close,
    close: async () => {
      await smtp.close();
      await database.close();
      rmSync(dataDir, { recursive: true });
    },
  };
}

async function command(
  words: string[],
  env: NodeJS.ProcessEnv,
  cwd: string,
  end?: { step: string } | { ms: number },
): Promise<Run> {
  const began = performance.now();
  const child = spawn(process.execPath, [resolve('bin/shouli.mjs'), ...words], { cwd, env });
  const timer = end && 'ms' in end ? setTimeout(() => child.kill('SIGKILL'), end.ms) : undefined;
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const [code, signal] = (await once(child, 'close')) as [number | null, NodeJS.Signals | null];
  clearTimeout(timer);
  return { code, signal, said, ms: performance.now() - began };
}
