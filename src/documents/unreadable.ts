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

/** The answer for what a library threw: our words, since its English helps no one who reads them; the error as cause. */
export function corrupt(detail: string, cause: unknown): Unreadable {
  return cause instanceof Unreadable ? cause : new Unreadable('corrupt', detail, { cause });
}
