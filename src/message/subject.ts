import type { MailWords } from './words.ts';

/** A subject without its prefixes, and the outermost prefix: `转发：回复：…` is a mail sent on. */
export type ReadSubject = { bare: string; prefix: 'reply' | 'forward' | null };

/**
 * Takes the prefixes off a subject, however many and in whatever mixture (`Re:回复：Fwd: …`, either colon).
 *
 * @param subject decoded
 */
export function readSubject(subject: string, words: MailWords): ReadSubject {
  const read: ReadSubject = { bare: subject.trim(), prefix: null };
  for (;;) {
    const reply = words.subject.reply.exec(read.bare);
    const found = reply ?? words.subject.forward.exec(read.bare);
    if (!found) return read;
    read.prefix ??= reply ? 'reply' : 'forward';
    read.bare = read.bare.slice(found[0].length).trim();
  }
}

/** The subject without `Re:`, `回复：`, `转发：` and their like, for comparing subjects. */
export function bareSubject(subject: string, words: MailWords): string {
  return readSubject(subject, words).bare;
}
