import { Failure } from '../errors.ts';
import { rebuild, type Survey, surveyPast } from '../office/rebuild.ts';
import type { Odd } from '../office/replay.ts';
import { hasFlag, readWords } from './arguments.ts';
import { withBooks } from './with-books.ts';

/** `shouli rebuild [--yes]`: the database anew from raw mails and journal; without --yes it says what it would do. */
export async function rebuildCommand(given: string[]): Promise<number> {
  const words = readWords(given, { yes: 'flag' });
  return withBooks(async (books) => {
    const survey = await surveyPast(books);
    if (survey.entries === 0)
      throw new Failure('permanent', `${books.settings.dataDir} 里没有记录簿（journal），没有可以据以重建的`);
    console.log(found(survey));
    if (!hasFlag(words, 'yes')) {
      console.log(
        '重建会清空现在的数据库，再由原始邮件和记录簿重新做出来；不发任何信。\n确认请运行：npx shouli rebuild --yes',
      );
      return 1;
    }
    const odd = await rebuild(books, (line) => console.log(line));
    console.log(rebuiltText(odd));
    return survey.missing + odd.unreadable + odd.decisions.length === 0 ? 0 : 1;
  });
}

function found({ entries, mails, missing, decisions, sent }: Survey): string {
  return [
    `记录簿 ${entries} 条：邮件原文 ${mails} 封，发出的信 ${sent} 封，处理意见 ${decisions} 条`,
    ...(missing > 0 ? [`其中 ${missing} 封的原文不在 raw 文件夹里，请先从备份补齐；否则这些邮件重建后为“失败”`] : []),
  ].join('\n');
}

/** What a person does next, and what the books cannot know. */
export function rebuiltText({ unreadable, held, decisions }: Odd): string {
  return [
    '数据库已重建，没有发信。编号、处理意见和发信记录都与原来相同。',
    ...(unreadable > 0 ? [`读不到原文的邮件 ${unreadable} 封：npx shouli jobs --failed`] : []),
    ...(held > 0 ? [`现在的程序或规则会多写 ${held} 封信，已转为待人工发送：npx shouli letters`] : []),
    ...(decisions.length > 0 ? [`这些编号的处理意见找不到对应的申报件：${decisions.join('、')}`] : []),
    // What was sent after the backup stands in no journal: the office would write it once more.
    '数据若是从较早的备份恢复的，备份以后发过的信这里不知道：邮箱“已发送”里留有副本的不会再发，没有留的会再发一次。请先在 .env 里写 LETTERS=hold 再启动，对照邮箱的“已发送”，没有发过的用 npx shouli release 发出，再改回来。',
    '没有这种情况的，可以照常启动：npm start',
  ].join('\n');
}
