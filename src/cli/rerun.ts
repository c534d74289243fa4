import { Failure } from '../errors.ts';
import type { Books } from '../office/books.ts';
import { failedLetters, retryLetters } from '../store/delivery.ts';
import { messagesToRerun, rerunMessages } from '../store/messages.ts';
import { hasFlag, readWords } from './arguments.ts';
import { whoIsHere } from './person.ts';
import { withBooks } from './with-books.ts';

/** `shouli rerun MESSAGE…|--failed|--all`: mails again from their raw bytes, never a second letter for the same state. */
export async function rerunCommand(given: string[]): Promise<number> {
  const words = readWords(given, { failed: 'flag', all: 'flag' }, Number.POSITIVE_INFINITY);
  const ids = words.flatMap((word) => (word.kind === 'file' ? [messageId(word.file)] : []));
  const [isFailed, isAll] = [hasFlag(words, 'failed'), hasFlag(words, 'all')];
  if (ids.length === 0 && !isFailed && !isAll)
    throw new Failure('usage', '请写出邮件序号（见 npx shouli messages），或 --failed 重跑失败的，或 --all 重跑全部');
  return withBooks((books) => rerun(books, isAll ? 'all' : isFailed ? 'failed' : { ids }));
}

async function rerun({ db, journal }: Books, which: { ids: number[] } | 'failed' | 'all'): Promise<number> {
  const identities = await messagesToRerun(db, which);
  const again = which === 'failed' ? await failedLetters(db, 'all') : [];
  const [mails, letters] = [identities.length, again.length];
  if (mails + letters > 0) await journal.write({ event: 'rerun', identities, letters: again, by: whoIsHere() });
  await rerunMessages(db, identities);
  await retryLetters(db, again);
  console.log(
    mails + letters === 0
      ? '没有需要重跑的。'
      : `已安排重跑：邮件 ${mails} 封${letters > 0 ? `，信件 ${letters} 封` : ''}。系统运行时半分钟内开始；没有运行时，下次启动即处理。`,
  );
  return mails + letters > 0 || typeof which === 'string' ? 0 : 1;
}

function messageId(text: string): number {
  if (!/^\d{1,9}$/.test(text)) throw new Failure('usage', `“${text}”不是邮件序号，请先用 npx shouli messages 查看`);
  return Number(text);
}
