import type { ServerResponse } from 'node:http';
import type { News } from '../store/desk/news.ts';

/** Many changes in a row (a first import) are one piece of news for those who look on. */
const gatherMs = 400;
const mostListeners = 200;
/** Proxies and phones drop lines on which nothing is said. */
const pulseMs = 25_000;

export type Live = {
  hear: (news: News) => void;
  /** Keeps a response open and tells it of changes (server-sent events). @returns whether there was room */
  join: (response: ServerResponse) => boolean;
  close: () => void;
};

/** Tells open pages which tables changed; they fetch what they show anew. */
export function openLive(): Live {
  const listeners = new Set<ServerResponse>();
  const gathered = new Set<News>();
  let timer: NodeJS.Timeout | null = null;
  const say = (text: string) => {
    for (const listener of listeners) listener.write(text);
  };
  const tell = () => {
    timer = null;
    say(`event: news\ndata: ${[...gathered].join(' ')}\n\n`);
    gathered.clear();
  };
  const pulse = setInterval(() => say(': still here\n\n'), pulseMs);
  pulse.unref();
  return {
    hear(news) {
      gathered.add(news);
      timer ??= setTimeout(tell, gatherMs);
    },
    join(response) {
      if (listeners.size >= mostListeners) return false;
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      response.write('retry: 3000\n\n');
      listeners.add(response);
      response.on('close', () => listeners.delete(response));
      return true;
    },
    close() {
      clearInterval(pulse);
      if (timer) clearTimeout(timer);
      for (const listener of listeners) listener.end();
    },
  };
}
