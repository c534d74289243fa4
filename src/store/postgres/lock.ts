import { createServer, type Server } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../../errors.ts';

const lookEveryMs = 25;

/**
 * Does the work while no other process of this computer holds the same lock. The lock is a listening socket in Linux's
 * abstract namespace: the kernel gives it to one process only and takes it back when that process dies, kill -9
 * included. A lock file would be left behind by the dead, and taking over a dead one's file is a race of its own.
 *
 * @param name ASCII, at most 100 characters
 * @throws Failure (temporary) when another holds it longer than `waitMs`; whatever `work` throws
 */
export async function withLock<Result>(name: string, waitMs: number, work: () => Promise<Result>): Promise<Result> {
  const held = await take(name, waitMs);
  try {
    return await work();
  } finally {
    await new Promise((resolve) => held.close(resolve));
  }
}

async function take(name: string, waitMs: number): Promise<Server> {
  const giveUpAt = performance.now() + waitMs;
  for (;;) {
    const held = await listen(`\0${name}`);
    if (held) return held;
    if (performance.now() > giveUpAt)
      throw new Failure(
        'temporary',
        '另一个受理程序正在启动或停止数据库，等了很久还没有结束。请稍后再试；如果一直这样，请先结束其他受理程序。',
        `lock ${name} is held by another process`,
      );
    await sleep(lookEveryMs);
  }
}

/** Null when another process has it. */
function listen(path: string): Promise<Server | null> {
  return new Promise((resolve, reject) => {
    const server = createServer((stranger) => stranger.destroy());
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' ? resolve(null) : reject(error),
    );
    server.listen({ path, exclusive: true }, () => resolve(server));
  });
}
