import { machineNow } from '../clock.ts';
import { openPost } from '../letters/smtp/open-post.ts';
import type { Post } from '../letters/smtp/post.ts';
import type { Progress } from '../mailbox/imap/keep.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';
import { openMailbox } from '../mailbox/open-mailbox.ts';
import type { Job } from '../queue/job.ts';
import { openQueue, type Queue } from '../queue/queue.ts';
import { openLedger } from '../store/ledger.ts';
import { memoryIn, recall, remember } from '../store/office-state.ts';
import { kindOf, openTroubleLog, reasonOf, type TroubleLog } from '../troubles.ts';
import { type Alarm, openAlarms } from './alarms.ts';
import type { Books } from './books.ts';
import { intakeDue, sweepLetters } from './due.ts';
import { type LetterSweeps, openLetterSweeps } from './letter-sweeps.ts';
import { type Looks, openLooks } from './looks.ts';
import { type MailReader, openMailReader } from './reading/mail-reader.ts';
import { openSentBefore } from './sent-before.ts';
import { openSetbacks, type Setbacks } from './setbacks.ts';
import { openTurns, type Turns } from './turns.ts';

/** The office at work: the books, and the doors to the world outside. `close` shuts the doors; the books stay open. */
export type Office = Books & {
  queue: Queue;
  mailReader: MailReader;
  mailbox: Mailbox | null;
  post: Post | null;
  turns: Turns;
  looks: Looks;
  letterSweeps: LetterSweeps;
  setbacks: Setbacks;
  /** Whether the mailbox had sent a letter, by Message-ID, before this run. */
  wasSentBefore: (messageId: string) => Promise<boolean>;
  /** What the log is told of polls and sweeps that fail. */
  troubles: { polls: TroubleLog; sweeps: TroubleLog };
  /** Letters that `deliver` has in hand; another that is noted as being sent was left lying. */
  lettersInHand: Set<number>;
  /** When its doors were opened, machine time. */
  since: Date;
  /** A line for whoever watches the terminal. */
  tell: (line: string) => void;
  /** Tells staff and whoever watches the terminal once what is wrong, and that it is over. */
  alarm: Alarm;
};

/** Opens the doors to mailbox, post office, queue and the readers of strangers' files, and notes that work begins. */
export async function openOffice(books: Books, tell: (line: string) => void): Promise<Office> {
  const { settings, db, log, journal, rawStore, notice, databaseUrl } = books;
  const began = await journal.write({ event: 'began' });
  if ((await recall(db, 'opened_at')) === null) await remember(db, 'opened_at', began.toISOString());
  const queue = await openQueue({ databaseUrl, redisUrl: settings.redisUrl, log });
  const mailReader = openMailReader(books);
  const setbacks = openSetbacks(log);
  const looks = openLooks();
  const mailbox = settings.imapUrl
    ? await openMailbox({
        imapUrl: settings.imapUrl,
        ledger: openLedger(db, journal),
        rawStore,
        opens: notice.opens,
        log,
        onProgress: sayProgress(tell),
        onKept: handOn(books, queue, looks, setbacks),
        memory: memoryIn(db),
      })
    : null;
  const troubles = {
    polls: openTroubleLog(log, { met: 'mailbox trouble', over: 'mailbox is well again' }),
    sweeps: openTroubleLog(log, { met: 'sweep failed, tried again soon', over: 'sweeps succeed again' }),
  };
  const since = machineNow();
  const letterSweeps = openLetterSweeps(() =>
    sweepLetters({ ...books, looks, since, queue }).catch((error: unknown) => {
      if (!setbacks.note(error)) troubles.sweeps.met(kindOf(error), { reason: reasonOf(error) });
    }),
  );
  const post = settings.smtpUrl ? openPost(settings.smtpUrl, { log }) : null;
  return {
    ...books,
    queue,
    mailReader,
    mailbox,
    post,
    turns: openTurns(),
    looks,
    letterSweeps,
    setbacks,
    wasSentBefore: openSentBefore(mailbox, log),
    troubles,
    lettersInHand: new Set(),
    tell,
    since,
    alarm: openAlarms(books, tell),
    close: async () => {
      await mailbox?.close();
      await letterSweeps.close();
      await queue.close();
      await mailReader.close();
      await post?.close();
    },
  };
}

/** Mails of a look that lasts longer are understood while more of them come; those of a shorter one wait for its end. */
const longLookMs = 500;

/** Work on what was kept begins while more comes, each handed on once. What the queue cannot take now the sweep brings. */
function handOn({ db }: Books, queue: Queue, looks: Looks, setbacks: Setbacks): () => Promise<void> {
  let handedAt = 0;
  const handed = new Set<Job['row']>();
  return async () => {
    if (looks.longestMs() < longLookMs || performance.now() - handedAt < longLookMs) return;
    handedAt = performance.now();
    try {
      const due = await intakeDue(db);
      if (due.length === 0) handed.clear();
      const fresh = due.filter(({ row }) => !handed.has(row));
      await queue.add(fresh);
      for (const { row } of fresh) handed.add(row);
    } catch (error) {
      setbacks.note(error);
    }
  };
}

/** Mails of one look from which on its progress is worth a line. */
const manyMails = 1_000;

/** Says how far a long look into the mailbox has come: every thousand mails, and at its end. */
function sayProgress(tell: (line: string) => void) {
  return ({ folder, taken, all }: Progress) => {
    if (all >= manyMails && (taken % manyMails === 0 || taken === all))
      tell(`收信  ${folder} 已看 ${taken} 封，共 ${all} 封（可随时停止，再启动时接着收）`);
  };
}
