import type { UnreadableReason } from './document.ts';

/**
 * Thrown by a reader that knows why a file cannot be read; `readHere` turns it into the answer. The only error class
 * here, because the reason must travel through the libraries' callbacks.
 */
export class Unreadable extends Error {
  override readonly name = 'Unreadable';
  readonly reason: UnreadableReason;

  /** @param detail what was seen, in Chinese, for staff; never text out of the file */
  constructor(reason: UnreadableReason, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.reason = reason;
  }
}

/** Wraps what a library threw: its own English goes behind our Chinese, for whoever repairs the reader. */
export function corrupt(detail: string, cause: unknown): Unreadable {
  if (cause instanceof Unreadable) return cause;
  const said = cause instanceof Error ? cause.message.split('\n', 1)[0] : String(cause);
  return new Unreadable('corrupt', `${detail}（${said}）`, { cause });
}
