import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { countLeases, dropLease, takeLease } from '../../../src/store/postgres/lease.ts';
import { withLock } from '../../../src/store/postgres/lock.ts';
import { startedAt } from '../../../src/store/postgres/processes.ts';

const name = (what: string) => `shouli-test-${process.pid}-${what}`;

test('those who want the same lock work one after the other', async () => {
  const seen: string[] = [];
  const work = (who: string) => async () => {
    seen.push(`${who} comes`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    seen.push(`${who} goes`);
  };
  await Promise.all(['a', 'b', 'c'].map((who) => withLock(name('turns'), 5_000, work(who))));
  for (let turn = 0; turn < 6; turn += 2) expect(seen[turn + 1]).toBe(seen[turn]?.replace('comes', 'goes'));
  expect([...seen].sort()).toEqual(['a comes', 'a goes', 'b comes', 'b goes', 'c comes', 'c goes']);
});

test('a lock is free again after work that failed', async () => {
  await expect(withLock(name('failed'), 100, () => Promise.reject(new Error('no disk')))).rejects.toThrow('no disk');
  await expect(withLock(name('failed'), 100, async () => 'mine')).resolves.toBe('mine');
});

test('who waits in vain is told so in Chinese; after kill -9 of the holder the lock is free', async () => {
  const program = `require('net').createServer().listen('\\0' + ${JSON.stringify(name('dead'))}, () => console.log('held'))`;
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(holder.stdout, 'data');
  await expect(withLock(name('dead'), 60, async () => 'mine')).rejects.toMatchObject({
    kind: 'temporary',
    forPerson: expect.stringContaining('另一个受理程序正在启动或停止数据库'),
  });
  holder.kill('SIGKILL');
  await once(holder, 'exit');
  await expect(withLock(name('dead'), 60, async () => 'mine')).resolves.toBe('mine');
});

test('a lease counts while its process lives, not when the pid is another’s by now', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-leases-'));
  const [mine, second] = [takeLease(folder), takeLease(folder)];
  const start = startedAt(process.pid);
  writeFileSync(join(folder, `${process.pid}.${Number(start) - 1}.1`), ''); // pid given out again
  writeFileSync(join(folder, '4194305.1.1'), ''); // beyond the highest pid
  writeFileSync(join(folder, 'lost+found'), ''); // no lease at all
  expect(countLeases(folder)).toBe(2);
  expect(readdirSync(folder)).toHaveLength(2);
  dropLease(mine);
  expect(countLeases(folder)).toBe(1);
  dropLease(second);
  expect(countLeases(folder)).toBe(0);
  rmSync(folder, { recursive: true });
});

test('a dead process that nobody has buried is dead', async () => {
  // `sh` becomes a `sleep` that never asks after its child: the child stays a zombie.
  const parent = spawn('/bin/sh', ['-c', 'sleep 0.05 & echo $!; exec sleep 5'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const [said] = await once(parent.stdout, 'data');
  const pid = Number(String(said));
  expect(startedAt(pid)).toMatch(/^\d+$/);
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(startedAt(pid)).toBeNull();
  parent.kill('SIGKILL');
  await once(parent, 'exit');
});
