import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../log.ts';
import type { Answer } from './answer.ts';
import { folderPost } from './folder-post.ts';
import type { LineOptions } from './line.ts';
import { readSmtpUrl } from './server.ts';
import { serverPost } from './server-post.ts';
import { type Envelope, usualTimeouts } from './session.ts';

/** Where letters leave the house. */
export type Post = {
  /**
   * Hands one letter over; letters handed in at once go one after another.
   *
   * @param raw from composeLetter
   * @param envelope bare addresses; `from` gives way to the account that logs in (NetEase and QQ refuse others)
   * @returns what became of it; never throws for what the network or the server does
   */
  send: (raw: Buffer, envelope: Envelope) => Promise<Answer>;
  /** Connects and logs in without sending; `advice` says in Chinese what is wrong and what to do, else it is empty. */
  verify: () => Promise<{ ok: boolean; seen: string; advice: string }>;
  /** Waits a moment for the letter in hand, then hangs up: a letter cut off there is `uncertain`. */
  close: () => Promise<void>;
};

/**
 * @param smtpUrl setting SMTP_URL: `smtps://user:code@host:465`, `smtp://…` (this machine), `file:DIR`
 * @throws Failure (usage) when it is none of these
 */
export function openPost(smtpUrl: string, { log, ...options }: { log: Log } & Partial<LineOptions>): Post {
  if (smtpUrl.startsWith('file:')) return folderPost(folderOf(smtpUrl));
  return serverPost(readSmtpUrl(smtpUrl), log, {
    timeouts: usualTimeouts,
    lettersPerConnection: 250,
    idleMs: 60_000,
    closeMs: 3_000,
    ...options,
  });
}

/** `file:out`, `file:/var/out` or `file:///var/out`. */
function folderOf(url: string): string {
  return url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length));
}
