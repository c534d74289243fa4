import { EventEmitter } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import type { Log } from '../../log.ts';
import { openTroubleLog } from '../../troubles.ts';
import { MailboxFailure } from '../failure.ts';
import type { ImapAddress } from './address.ts';
import { connect } from './connect.ts';
import { inbox, readableFolders } from './folders.ts';
import type { Logins } from './logins.ts';
import { pauses } from './pause.ts';
import { failed } from './trouble.ts';

/** A connection that works, what was learnt on it, and the IDLE that runs on it, if any. */
export type Session = {
  client: ImapFlow;
  folders: string[];
  hasIdle: boolean;
  idle: Promise<void> | null;
  since: number;
};

/**
 * The one connection to the mail server (NetEase publishes no limit, and counts), made anew after a loss with growing
 * pauses. An ImapFlow object cannot be used again: each attempt has its own.
 */
export type Line = {
  /**
   * Runs one conversation at a time, connecting first where needed; a broken one closes the line.
   *
   * @throws MailboxFailure also while it is too early to knock again
   */
  inTurn: <T>(talk: (session: Session) => Promise<T>) => Promise<T>;
  /** How long nobody may knock; null while a connection stands. */
  pausedMs: () => number | null;
  hasNews: () => boolean;
  /** INBOX may hold what no event told of. */
  noteNews: () => void;
  /** INBOX is about to be looked at. @returns whether there was news */
  forgetNews: () => boolean;
  /** @param wake called when mail comes into INBOX and when the line is lost @returns stops that */
  onChange: (wake: () => void) => () => void;
  close: () => Promise<void>;
};

const now = () => performance.now();

export function openLine(address: ImapAddress, log: Log, logins: Logins): Line {
  let session: Session | null = null;
  let news = false;
  let closed = false;
  let isTalking = false;
  let turn: Promise<unknown> = Promise.resolve();
  const pause = pauses(now);
  const changes = new EventEmitter().setMaxListeners(0);

  const troubles = openTroubleLog(log, { met: 'mail server lost', over: 'mail server answers again' });

  const lose = (failure: MailboxFailure) => {
    const lost = session;
    session = null;
    news = false; // after a loss everything is looked at anyway
    pause.begin(failure, lost ? now() - lost.since : 0);
    lost?.client.close();
    changes.emit('change');
  };

  const noteNews = () => {
    news = true;
    changes.emit('change');
  };

  const watch = (client: ImapFlow) => {
    client.on('exists', ({ path, count, prevCount }) => {
      if (path === inbox && count > prevCount) noteNews();
    });
    client.on('close', () => {
      if (session?.client !== client) return;
      const failure = failed('dropped', client.byeReason ?? 'connection closed');
      lose(failure);
      if (!isTalking) troubles.met(failure.trouble, { reason: failure.message }); // else whoever talks tells of it
    });
  };

  const connected = async (): Promise<Session> => {
    const tooEarly = closed ? failed('dropped', 'this mailbox was closed') : pause.reason();
    if (session) return session;
    if (tooEarly) throw tooEarly;
    await logins.ask();
    const client = await connect(address).catch(async (error: unknown) => {
      if (error instanceof MailboxFailure) await logins.note(error);
      throw error;
    });
    session = { client, folders: [], hasIdle: client.capabilities.has('IDLE'), idle: null, since: now() };
    watch(client);
    session.folders = await readableFolders(client);
    log.info({ account: address.account, folders: session.folders, idle: session.hasIdle }, 'mail server connected');
    return session;
  };

  const talked = async <T>(talk: (session: Session) => Promise<T>): Promise<T> => {
    isTalking = true;
    try {
      const result = await talk(await connected());
      troubles.over();
      return result;
    } catch (error) {
      if (session && isUnsafe(error)) await logins.note(error);
      const isOver = !session?.client.usable || isUnsafe(error);
      if (isOver && !pause.reason() && !closed) lose(asTrouble(error));
      throw error;
    } finally {
      isTalking = false;
    }
  };

  return {
    inTurn: (talk) => {
      const mine = turn.then(() => talked(talk));
      turn = mine.catch(() => undefined); // told to whoever asked for that turn
      return mine;
    },
    pausedMs: () => (session ? null : pause.leftMs()),
    hasNews: () => news,
    noteNews,
    forgetNews: () => {
      const had = news;
      news = false;
      return had;
    },
    onChange: (wake) => {
      changes.on('change', wake);
      return () => changes.off('change', wake);
    },
    close: async () => {
      const client = session?.client;
      closed = true;
      session = null;
      changes.emit('change');
      await Promise.race([client?.logout().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
      client?.close();
    },
  };
}

/** Told only when a folder is opened: the login itself went well. */
const isUnsafe = (error: unknown): error is MailboxFailure =>
  error instanceof MailboxFailure && error.trouble === 'unsafe_login';

/** The line broke while something else went wrong, too: that is told to its caller, the line only knows its own. */
const asTrouble = (error: unknown) =>
  error instanceof MailboxFailure ? error : failed('dropped', 'connection closed', error);
