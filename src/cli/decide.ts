import { didYouMean } from '../config/problem.ts';
import { Failure } from '../errors.ts';
import { performAct } from '../office/act.ts';
import { sayStatus } from '../reports/say.ts';
import { listApplications } from '../store/application-list.ts';
import { readWords } from './arguments.ts';
import { whoIsHere } from './person.ts';
import { withBooks } from './with-books.ts';

const decisions = ['accept', 'return', 'decline'] as const;

/** `shouli decide NUMBER accept|return|decline --note TEXT`: a person's decision; a later one replaces it, none is lost. */
export async function decideCommand(given: string[]): Promise<number> {
  const words = readWords(given, { note: 'value' }, 2);
  const [number, said] = words.flatMap((word) => (word.kind === 'file' ? [word.file] : []));
  const note = words.flatMap((word) => (word.kind === 'option' && word.value ? [word.value.trim()] : []))[0];
  const kind = decisions.find((each) => each === said);
  if (!number || !said) throw new Failure('usage', '请写成：npx shouli decide 编号 accept|return|decline --note 理由');
  if (!kind) {
    const meant = didYouMean(said, [...decisions]);
    throw new Failure(
      'usage',
      `处理意见应为 accept（通过初审）、return（退回补正）或 decline（不予受理）${meant ? `，是不是想写 ${meant}？` : ''}`,
    );
  }
  if (!note) throw new Failure('usage', '请用 --note 写明理由，以后可以查到');
  return withBooks(async (books) => {
    const by = whoIsHere();
    const result = await performAct(books, { kind: 'decide', number, decision: kind, note, by }, null);
    if ('refused' in result)
      throw new Failure('permanent', result.refused === 'invalid' ? result.forPerson : '情况有变化');
    const [now] = await listApplications(books.db, number);
    console.log(`${number} ${now?.nominee ?? ''}：${now ? sayStatus(now) : ''}（${note}）。没有自动发信。`);
    return 0;
  });
}
