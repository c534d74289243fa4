import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { freshDatabase } from '../support/database.ts';

/** Accounts from the command line: the first admin cannot be made in the browser. */
let database: Awaited<ReturnType<typeof freshDatabase>>;
const folder = mkdtempSync(join(tmpdir(), 'shouli-users-'));
beforeAll(async () => {
  database = await freshDatabase();
}, 60_000);
afterAll(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

function users(words: string[], input = ''): { code: number | null; said: string } {
  const env = { PATH: process.env.PATH, DATABASE_URL: database.url, DATA_DIR: folder };
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('bin/shouli.mjs'), 'users', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env,
    input,
  });
  return { code: status, said: stdout + stderr };
}

test('the first account is an admin’s; later ones review; a closed one is told; the last admin stays', () => {
  expect(users([]).said).toContain('还没有账号');
  expect(users(['add', '孙科长'], '七个字的密码呀\n')).toEqual({
    code: 2,
    said: expect.stringContaining('至少要有8个字'),
  });
  expect(users(['add', '孙科长'], '孙科长的八字密码\n')).toEqual({ code: 0, said: '孙科长：管理员，已添加。\n' });
  expect(users(['add', '赵敏'], '赵敏自己的八字密码\n')).toEqual({ code: 0, said: '赵敏：审核，已添加。\n' });
  expect(users(['add', '王静', '--role', '查看'], '王静自己的八字密码\n').said).toBe('王静：查看，已添加。\n');
  expect(users(['add', '王静', '--role', '领导'], 'x').said).toContain('不认识“领导”');
  expect(users(['close', '赵敏']).said).toBe('赵敏：已停用，不能再登录。\n');
  expect(users(['close', '孙科长'])).toEqual({ code: 2, said: expect.stringContaining('至少要留一位') });
  expect(JSON.parse(users(['--json']).said)).toEqual([
    { name: '孙科长', role: 'admin', isActive: true },
    { name: '赵敏', role: 'reviewer', isActive: false },
    { name: '王静', role: 'viewer', isActive: true },
  ]);
  expect(users(['ad', '李四'], 'x').said).toContain('是不是想写 add');
}, 60_000);
