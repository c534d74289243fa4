import { setTimeout as sleep } from 'node:timers/promises';
import type { ImapFlow } from 'imapflow';
import type { Log } from '../../log.ts';
import { MailboxFailure } from '../failure.ts';
import type { ImapAddress } from './address.ts';
import { connect } from './connect.ts';
import { inbox, readableFolders } from './folders.ts';
import { pauseMs } from './pause.ts';
import { failed } from './trouble.ts';

/** A connection that works, and what was learnt on it. */
export type Session = { client: ImapFlow; folders: string[]; hasIdle: boolean; since: number };

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
  /** INBOX is about to be looked at. */
  forgetNews: () => boolean;
  /** @param wake called when mail comes into INBOX and when the line is lost @returns stops that */
  onChange: (wake: () => void) => () => void;
  close: () => Promise<void>;
};

/** A connection that lasted this long was a good one: its loss counts as the first. */
const goodMs = 60_000;
/** Monotonic: a clock set right by a day must not mean a day without mail. */
const now = () => performance.now();

export function openLine(address: ImapAddress, log: Log): Line {
  let session: Session | null = null;
  let losses = 0;
  let down: { failure: MailboxFailure; until: number } | null = null;
  let news = false;
  let closed = false;
  let turn: Promise<unknown> = Promise.resolve();
  const wakes = new Set<() => void>();
  const wakeAll = () => {
    for (const wake of [...wakes]) wake();
  };

  const lose = (failure: MailboxFailure) => {
    losses = session && now() - session.since > goodMs ? 1 : losses + 1;
    down = { failure, until: now() + pauseMs(failure.trouble, losses) };
    log.warn({ trouble: failure.trouble, reason: failure.message, losses }, 'mail server lost');
    const { client } = session ?? {};
    session = null;
    client?.close();
    wakeAll();
  };

  const watch = (client: ImapFlow) => {
    client.on('exists', ({ path, count, prevCount }) => {
      if (path !== inbox || count <= prevCount) return;
      news = true;
      wakeAll();
    });
    client.on('close', () => {
      if (session?.client === client) lose(failed('dropped', client.byeReason ?? 'connection closed'));
    });
  };

  const connected = async (): Promise<Session> => {
    if (session) return session;
    if (closed) throw failed('dropped', 'this mailbox was closed');
    if (down && now() < down.until) throw down.failure;
    try {
      const client = await connect(address);
      session = { client, folders: [], hasIdle: client.capabilities.has('IDLE'), since: now() };
      watch(client);
      session.folders = await readableFolders(client);
      log.info({ account: address.account, folders: session.folders, idle: session.hasIdle }, 'mail server connected');
      return session;
    } catch (error) {
      if (error instanceof MailboxFailure && !(down && now() < down.until)) lose(error);
      throw error;
    }
  };

  const talked = async <T>(talk: (session: Session) => Promise<T>): Promise<T> => {
    const mine = await connected();
    try {
      return await talk(mine);
    } catch (error) {
      const isOver = !mine.client.usable || (error instanceof MailboxFailure && error.trouble === 'unsafe_login');
      if (isOver && session === mine) lose(error instanceof MailboxFailure ? error : failed('dropped', String(error)));
      throw error;
    }
  };

  return {
    inTurn: (talk) => {
      const mine = turn.then(() => talked(talk));
      turn = mine.catch(() => undefined); // told to whoever asked for that turn
      return mine;
    },
    pausedMs: () => (session ? null : Math.max(0, (down?.until ?? 0) - now())),
    hasNews: () => news,
    forgetNews: () => {
      const had = news;
      news = false;
      return had;
    },
    onChange: (wake) => {
      wakes.add(wake);
      return () => wakes.delete(wake);
    },
    close: async () => {
      closed = true;
      const { client } = session ?? {};
      session = null;
      wakeAll();
      await Promise.race([client?.logout().catch(() => undefined), sleep(1_000, undefined, { ref: false })]);
      client?.close();
    },
  };
}
