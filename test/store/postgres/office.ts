import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import { silentLog } from '../../../src/log.ts';
import { type Cluster, openCluster } from '../../../src/store/postgres/cluster.ts';
import { identify } from '../../../src/store/postgres/place.ts';
import { runningOn } from '../../../src/store/postgres/processes.ts';

export const isRoot = process.getuid?.() === 0;
/** An account that exists everywhere, for what an ordinary user meets. */
export const nobody = { uid: 65_534, gid: 65_534 };

const made: string[] = [];
const openers: Opener[] = [];

/** An ordinary folder that everybody may pass through, removed by `tidy`. */
export function newFolder(owner: { uid: number; gid: number } | null = null): string {
  const folder = mkdtempSync(join(tmpdir(), 'shouli 数据 '));
  made.push(folder);
  chmodSync(folder, 0o755);
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}

const opened: Cluster[] = [];

export async function open(dataDir: string): Promise<Cluster> {
  const cluster = await openCluster({ dataDir, log: silentLog });
  opened.push(cluster);
  return cluster;
}

export async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {}); // the server is killed under it in these tests
  await client.connect();
  try {
    return Object.values((await client.query(sql)).rows[0] ?? {})[0];
  } finally {
    await client.end();
  }
}

type Note = { state: string; cluster: string; port: number; pid: number | null; secretFile: string };
export const noteOf = (dataDir: string) => JSON.parse(readFileSync(join(dataDir, 'database.json'), 'utf8')) as Note;
export const serversOf = (dataDir: string) =>
  runningOn(join(identify(dataDir).dataDir, 'database', 'cluster'), 'postgres');
export const ownerOf = (pid: number) => statSync(`/proc/${pid}`).uid;

type Opener = { child: ChildProcess; answer: Promise<{ url?: string; failure?: string }> };

/**
 * Starts another Shouli on a DATA_DIR.
 *
 * @param within a command that runs it
 */
export function startOpener(dataDir: string, options: SpawnOptions = {}, within: string[] = []): Opener {
  const tsx = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const words = [...within, process.execPath, '--import', tsx, './test/store/postgres/opener.ts', dataDir];
  const child = spawn(words[0] ?? '', words.slice(1), {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { PATH: process.env.PATH, HOME: '/nonexistent', TSX_DISABLE_CACHE: '1', IMAP_CODE: 'not for the server' },
    ...options,
  });
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream });
  const opener = { child, answer: once(lines, 'line').then(([line]) => JSON.parse(line as string)) };
  openers.push(opener);
  return opener;
}

export async function end({ child }: Opener, signal: NodeJS.Signals): Promise<void> {
  const ended = child.exitCode !== null || child.signalCode !== null ? null : once(child, 'exit');
  child.kill(signal);
  await ended;
}

/** Leaves nothing running and nothing lying about, also after a test that failed half way. */
export async function tidy(): Promise<void> {
  await Promise.all(openers.splice(0).map((opener) => end(opener, 'SIGTERM')));
  await Promise.all(opened.splice(0).map((cluster) => cluster.close()));
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}

/** Waits until it is so, at most `ms`. */
export async function until(isSo: () => boolean | Promise<boolean>, ms: number): Promise<boolean> {
  for (const giveUpAt = performance.now() + ms; performance.now() < giveUpAt; ) {
    if (await isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
}
