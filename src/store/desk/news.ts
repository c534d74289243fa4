import pg from 'pg';
import type { Log } from '../../log.ts';

/** What an open page may show otherwise now: the name of a table that changed. */
export type News = 'message' | 'application' | 'letter' | 'decision' | 'alarm' | (string & {});

const againMs = 2_000;

/**
 * Listens for changes of the books, whoever made them: this process, the workers' one, a command. After a lost
 * connection it listens again, and says that anything may have changed.
 *
 * @param hear is called with each table that changed, once a transaction
 */
export function listenForNews(
  databaseUrl: string,
  log: Log,
  hear: (news: News) => void,
): { close: () => Promise<void> } {
  let client: pg.Client | null = null;
  let isClosed = false;
  let timer: NodeJS.Timeout | null = null;

  const again = (error?: Error) => {
    if (isClosed || timer) return;
    if (error) log.debug({ reason: error.message }, 'listening for news broke off');
    void client?.end().catch(() => undefined); // it is broken already
    timer = setTimeout(() => {
      timer = null;
      void listen().then(() => hear('application'), again);
    }, againMs);
  };

  async function listen(): Promise<void> {
    client = new pg.Client({ connectionString: databaseUrl, keepAlive: true, application_name: 'shouli desk' });
    client.on('error', again);
    client.on('end', () => again());
    client.on('notification', ({ payload }) => payload && hear(payload));
    await client.connect();
    await client.query('listen shouli_desk');
  }

  void listen().catch(again);
  return {
    close: async () => {
      isClosed = true;
      if (timer) clearTimeout(timer);
      await client?.end().catch(() => undefined); // the server may be gone before us
    },
  };
}
