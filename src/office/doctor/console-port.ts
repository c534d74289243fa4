import { createServer } from 'node:net';
import { fine, type Scene, type Seen, wrong } from './scene.ts';

/** Whether the console's port is free; when an office runs, it may be the office that has it. */
export async function testConsolePort({ settings: { consoleHost, consolePort }, office }: Scene): Promise<Seen> {
  const place = `${consoleHost}:${consolePort}`;
  if (office) return fine(`${place}，受理系统正在运行，没有检查`);
  const trouble = await listenOnce(consoleHost, consolePort);
  if (trouble === null) return fine(`${place} 空着，可以使用`);
  return wrong(`${place} 不能用（${trouble}）`, advice[trouble] ?? '请在 .env 里换一个 CONSOLE_PORT，例如 8127。');
}

const advice: Record<string, string> = {
  EADDRINUSE: '这个端口被别的程序占用。请在 .env 里换一个，例如 CONSOLE_PORT=8127。',
  EACCES: '没有使用这个端口的权限。请在 .env 里换成 1024 以上的，例如 CONSOLE_PORT=8126。',
  EADDRNOTAVAIL: 'CONSOLE_HOST 不是本机的地址。只在本机看的写 127.0.0.1，让单位内别的电脑也能看的写 0.0.0.0。',
  ENOTFOUND: 'CONSOLE_HOST 认不出来。只在本机看的写 127.0.0.1，让单位内别的电脑也能看的写 0.0.0.0。',
};

/** @returns the kernel's name of what stands against it, or null */
function listenOnce(host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(null)));
  });
}
