import { officeIso } from '../clock.ts';
import { fateWords } from '../reports/say.ts';
import { listMessages } from '../store/message-list.ts';
import type { MessageRecord } from '../store/records.ts';
import { hasFlag, readWords } from './arguments.ts';
import { table } from './table.ts';
import { print, withBooks } from './with-books.ts';

/** `shouli messages [--json]`: the ledger, every mail with its fate. */
export async function messagesCommand(given: string[]): Promise<number> {
  const words = readWords(given, { json: 'flag' });
  return withBooks(async ({ db }) => {
    const messages = await listMessages(db);
    return print(hasFlag(words, 'json'), messages.map(messageJson), () => messagesText(messages));
  });
}

/** One mail of the ledger as the public face names it; only ever added to. */
export function messageJson({ fromName, keptAt, receivedAt, reasonCode, bytes, ...message }: MessageRecord) {
  return { ...message, receivedAt: officeIso(receivedAt), fromName, reasonCode, bytes, keptAt: officeIso(keptAt) };
}

function messagesText(messages: readonly MessageRecord[]): string {
  if (messages.length === 0) return '台账里还没有邮件。';
  const rows = messages.map(({ id, receivedAt, from, subject, fate, reason, applications }) => [
    String(id),
    officeIso(receivedAt).slice(0, 16).replace('T', ' '),
    from,
    subject.slice(0, 30),
    fateWords[fate],
    applications.join(' ') || (reason ?? ''),
  ]);
  return table([['序号', '收到', '发件人', '主题', '去向', '申报件或原因'], ...rows]);
}
