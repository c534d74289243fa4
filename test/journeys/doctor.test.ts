import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { freshDatabase } from '../support/database.ts';

const bin = resolve('bin/shouli.mjs');
let folder = '';
let imap: NeteaseServer;
let database: { url: string; close: () => Promise<void> };
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), '受理 体检-'));
  imap = await startNeteaseServer({ user: 'jzghscb@126.com', code: 'QWERTYUIOPASDFGH' });
  database = await freshDatabase();
});
afterAll(async () => {
  await imap.close();
  await database.close();
  rmSync(folder, { recursive: true });
});

/** The command as a clerk runs it: the compiled program in the folder where `.env` lies. */
async function shouli(words: string[], lines: string[]) {
  writeFileSync(join(folder, '.env'), lines.join('\n'), { mode: 0o600 });
  const child = spawn(process.execPath, [bin, ...words], { cwd: folder, env: { PATH: process.env.PATH } });
  const [stdout, stderr, [status]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { stdout, stderr, status };
}

const settings = () => [
  `IMAP_URL=${imap.url}`,
  `SMTP_URL=file:${join(folder, 'outbox')}`,
  `DATABASE_URL=${database.url}`,
  'CONSOLE_PORT=0',
];

test('all well: exit code 0, a line a test', async () => {
  const { stdout, stderr, status } = await shouli(['doctor'], settings());
  expect([stderr, status]).toEqual(['', 0]);
  expect(stdout).toMatch(/^✓ 设置 {8}收信 127\.0\.0\.1:\d+，发信 file:/);
  expect(stdout).toMatch(/\n✓ 收信 {8}jzghscb@126\.com 可以打开/);
  expect(stdout).toMatch(/\n没有发现问题。标“提示”的请看一看。\n$/);
  expect(stdout).not.toContain('QWERTYUIOPASDFGH');
});

test('a wrong code and a mistyped setting: exit code 1, and what to do', async () => {
  imap.script.refuseLogin = true;
  const { stdout, stderr, status } = await shouli(['doctor'], [...settings(), 'LETTERS=automatic']);
  imap.script.refuseLogin = false;
  expect([stderr, status]).toEqual(['', 1]);
  expect(stdout).toMatch(/\n✗ 收信 .*登录被拒绝（.*\n {4}请这样做：邮箱服务器不接受帐号或授权码。/);
  expect(stdout).toMatch(/^✗ 设置 .*\n {4}请这样做：LETTERS 应为其中之一/);
  expect(stdout).toMatch(/\n－ 收件核对/);
  expect(stdout).toContain('有 2 项要处理：设置、收信。');
});

test('for scripts: name, ok, seen, advice, and nothing else', async () => {
  const { stdout, status } = await shouli(['doctor', '--json'], settings());
  const found: Record<string, unknown>[] = JSON.parse(stdout);
  expect(status).toBe(0);
  expect(found.map(({ name }) => name)).toEqual([
    ...['settings', 'round', 'data_folder', 'database', 'queue', 'clock', 'mailbox', 'smtp', 'office', 'balance'],
    ...['letters', 'failed_work', 'alarms', 'console_port', 'programs'],
  ]);
  for (const one of found) expect(Object.keys(one)).toEqual(['name', 'ok', 'seen', 'advice']);
});

test('an option that nobody knows is bad usage', async () => {
  expect(await shouli(['doctor', '--depe'], settings())).toMatchObject({
    status: 2,
    stderr: expect.stringContaining('是不是想写 --deep？'),
  });
});
