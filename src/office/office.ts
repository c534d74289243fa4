import { openReader, type Reader } from '../documents/reader.ts';
import { openPost, type Post } from '../letters/smtp/post.ts';
import { type Mailbox, openMailbox } from '../mailbox/mailbox.ts';
import { openQueue, type Queue } from '../queue/queue.ts';
import { openLedger } from '../store/ledger.ts';
import { clearAlarm, raiseAlarm } from '../store/office-state.ts';
import { type Books, ownAddresses } from './books.ts';
import { type LargeMails, openLargeMails } from './large-mails.ts';
import { openTurns, type Turns } from './turns.ts';

/** The office at work: the books, and the doors to the world outside. `close` shuts the doors; the books stay open. */
export type Office = Books & {
  queue: Queue;
  reader: Reader;
  largeMails: LargeMails;
  mailbox: Mailbox | null;
  post: Post | null;
  turns: Turns;
  /** A line for whoever watches the terminal. */
  tell: (line: string) => void;
  /** Tells staff once what is wrong, and that it is over. */
  alarm: (kind: string, text: string | null) => Promise<void>;
};

/** Opens the doors to mailbox, post office, queue and the readers of strangers' files. */
export async function openOffice(books: Books, tell: (line: string) => void): Promise<Office> {
  const { settings, db, log, journal, clock, rawStore, notice, databaseUrl } = books;
  const queue = await openQueue({ databaseUrl, redisUrl: settings.redisUrl, log });
  const reader = openReader();
  const largeMails = openLargeMails({
    configDir: settings.configDir,
    notice: notice.code,
    ownAddresses: ownAddresses(books),
  });
  const mailbox = settings.imapUrl
    ? await openMailbox({
        imapUrl: settings.imapUrl,
        ledger: openLedger(db, journal, clock),
        rawStore,
        opens: notice.opens,
        log,
      })
    : null;
  const post = settings.smtpUrl ? openPost(settings.smtpUrl, { log }) : null;
  return {
    ...books,
    queue,
    reader,
    largeMails,
    mailbox,
    post,
    turns: openTurns(),
    tell,
    alarm: (kind, text) => (text === null ? clearAlarm(db, kind) : raiseAlarm(db, kind, text)),
    close: async () => {
      await mailbox?.close();
      await queue.close();
      largeMails.close();
      await reader.close();
      await post?.close();
    },
  };
}
