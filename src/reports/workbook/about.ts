import { isBalanced, sayFates } from '../balance.ts';
import type { OfficeFacts } from '../facts.ts';
import { type Sheet, sheetOf } from './sheet.ts';

/** 说明: of which round, of which moment, and whether the counts agree; so that a copy on a stick still says what it is. */
export function aboutSheet({ notice, now, applications, messages, letters, balance, rehearsal }: OfficeFacts): Sheet {
  const lines: [string, string | number | Date][] = [
    ...(rehearsal ? [['演练', '这是演练数据，不是真实来件'] as [string, string]] : []),
    ['通知', notice.title],
    ['文号', notice.documentNumber],
    ['报送时间', notice.deadline.wording],
    ['制表时间', now],
    ['申报件', applications.length],
    ['邮件', messages.length],
    ['回函', letters.length],
    ['与邮箱服务器核对', sayCount(balance)],
  ];
  return sheetOf('说明', lines, [
    ['项目', 20, ([name]) => name],
    ['内容', 80, ([, value]) => value],
  ]);
}

function sayCount(balance: OfficeFacts['balance']): string {
  if (!balance) return '还没有核对过';
  const verdict = isBalanced(balance) ? '，无遗漏' : '，对不上，请查明';
  return `服务器${balance.server}封，台账${balance.ledger}封（${sayFates(balance.byFate)}）${verdict}`;
}
