import type { Log } from '../log.ts';
import type { Mailbox } from '../mailbox/mailbox.ts';

/** After a look that failed: a mailbox out of reach must not hold up every letter. */
const againMs = 10 * 60_000;

/**
 * Whether a letter went out before this run began, as the mailbox's 已发送 tells: looked into once, when the first letter
 * is about to leave. Where the books were lost, or an older backup came back, the same letters are written once more; they
 * bear the same Message-IDs, for these are derived from what a letter tells (letters/smtp/message-id.ts).
 *
 * @returns asks for one Message-ID; false also while the mailbox cannot be read, or keeps no copies
 */
export function openSentBefore(mailbox: Mailbox | null, log: Log): (messageId: string) => Promise<boolean> {
  let sent: Promise<Set<string>> | null = null;
  let failedAt = Number.NEGATIVE_INFINITY;
  return async (messageId) => {
    if (!mailbox || performance.now() - failedAt < againMs) return false;
    try {
      sent ??= mailbox.sentLetters();
      return (await sent).has(messageId);
    } catch (error) {
      sent = null;
      failedAt = performance.now();
      log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'sent letters not looked at');
      return false;
    }
  };
}
