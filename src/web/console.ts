import { Failure } from '../errors.ts';
import type { Books } from '../office/books.ts';
import { openPreviews } from '../previews/previews.ts';
import { listenForNews } from '../store/desk/news.ts';
import { openThrottle } from './access/throttle.ts';
import type { Desk } from './desk.ts';
import { openLive } from './live.ts';
import { routes } from './routes.ts';
import { buildServer } from './server.ts';
import { openStanding } from './standing.ts';

export type Console = { url: string; close: () => Promise<void> };

/**
 * Opens the review desk on CONSOLE_HOST:CONSOLE_PORT (0: any free port).
 *
 * @param nudge is called when something may be due at once; without it the workers' sweep finds it
 * @throws Failure in Chinese when the port cannot be had
 */
export async function openConsole(books: Books, nudge: () => void = () => {}): Promise<Console> {
  const live = openLive();
  const standing = openStanding(books, () => live.hear('application'));
  const news = listenForNews(books.databaseUrl, books.log, (table) => {
    standing.stale();
    live.hear(table);
  });
  const previews = openPreviews(books.settings);
  const desk: Desk = { books, previews, live, standing, nudge, throttle: openThrottle(() => performance.now()) };
  const server = await buildServer(desk, routes);
  const close = async () => {
    live.close();
    await news.close();
    await previews.close();
    await server.close();
  };
  try {
    const { consoleHost, consolePort } = books.settings;
    return { url: await server.listen({ host: consoleHost, port: consolePort }), close };
  } catch (error) {
    await close();
    throw unopened(error, books);
  }
}

function unopened(error: unknown, { settings: { consoleHost, consolePort } }: Books): Failure {
  const { code = String(error) } = error as { code?: string };
  const why = code === 'EADDRINUSE' ? '这个端口被别的程序占用' : `打不开（${code}）`;
  const advice = '请在 .env 里换一个 CONSOLE_PORT，例如 8127；详细检查：npx shouli doctor';
  return new Failure('permanent', `审核台 ${consoleHost}:${consolePort} ${why}。${advice}`, code, { cause: error });
}
