import { officeIso } from '../clock.ts';
import { letterStateWords, letterWords } from '../reports/say.ts';
import { listLetters } from '../store/letter-list.ts';
import type { LetterRecord } from '../store/records.ts';
import { hasFlag, readWords } from './arguments.ts';
import { table } from './table.ts';
import { print, withBooks } from './with-books.ts';

/** `shouli letters [--json]`: the outbox and what left it. */
export async function lettersCommand(given: string[]): Promise<number> {
  const words = readWords(given, { json: 'flag' });
  return withBooks(async ({ db }) => {
    const letters = await listLetters(db);
    return print(hasFlag(words, 'json'), letters.map(letterJson), () => lettersText(letters));
  });
}

export function letterJson({ id, kind, to, number, subject, text, state, reason, messageId, ...letter }: LetterRecord) {
  const [dueAt, sentAt] = [officeIso(letter.dueAt), letter.sentAt ? officeIso(letter.sentAt) : null];
  return { id, kind, to, number, subject, text, state, reason, messageId, sentAt, dueAt, inReplyTo: letter.inReplyTo };
}

export function lettersText(letters: readonly LetterRecord[]): string {
  if (letters.length === 0) return '还没有信件。';
  const rows = letters.map(({ id, number, kind, to, state, reason, sentAt, dueAt }) => [
    String(id),
    number ?? '—',
    letterWords[kind],
    to,
    letterStateWords[state],
    officeIso(sentAt ?? dueAt)
      .slice(0, 16)
      .replace('T', ' '),
    reason ?? '',
  ]);
  return table([['序号', '编号', '种类', '收信人', '状态', '发出或到期', '说明'], ...rows]);
}
