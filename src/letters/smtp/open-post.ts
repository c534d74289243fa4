import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from '../../log.ts';
import { folderPost } from './folder-post.ts';
import type { LineOptions } from './line.ts';
import type { Post } from './post.ts';
import { readSmtpUrl } from './server.ts';
import { serverPost } from './server-post.ts';
import { usualTimeouts } from './session.ts';

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
