import { sayDay } from '../../clock.ts';
import type { DutyKind } from '../duties.ts';
import type { DutyTold } from './digest.ts';

/** How many lines a morning's list may have. */
const mostLines = 10;

/** What to do with many of one kind, told in one line. */
const together: Record<DutyKind, string> = {
  mailbox: '邮箱或台账异常，请检查',
  link_expiring: '链接即将失效，请尽快下载',
  letter_undelivered: '回函没有送达，请另想办法告知',
  letters_stopped: '发信已由人停止',
  letter_held: '回函请决定是否发出',
  question: '来信请人答复',
  union_unknown: '推荐单位不明或不在名册内，请核实',
  file_to_look_at: '有文件请人工查看',
  late: '逾期或截止时未齐全，请决定',
  proposal: '来件请认定属于哪一件',
  failed_work: '邮件或回函没能处理完，请排除原因后重跑',
  changed: '处理之后又收到材料，请再看一次',
  review: '材料齐全，请审核',
};

/**
 * The list for the eye. Every kind is seen: as many kinds as fit are told one by one, the most urgent first; a kind that
 * would push another off the page is told in one line with its count, so that forty held letters hide no question.
 *
 * @returns at most ten lines, and how many duties they do not tell
 */
export function dutyLines(duties: readonly DutyTold[]): { lines: string[]; untold: number } {
  const groups = byKind(duties);
  const shown = groups.slice(0, mostLines);
  const untold = groups.slice(mostLines).reduce((sum, { length }) => sum + length, 0);
  let spare = mostLines - shown.length;
  const lines = shown.flatMap((group) => {
    if (group.length - 1 > spare) return [inOneLine(group)];
    spare -= group.length - 1;
    return group.map(({ text }) => text);
  });
  return { lines, untold };
}

/** Neighbours of one kind; the list comes ordered. */
function byKind(duties: readonly DutyTold[]): DutyTold[][] {
  const groups = new Map<string, DutyTold[]>();
  for (const duty of duties) groups.set(duty.kind, [...(groups.get(duty.kind) ?? []), duty]);
  return [...groups.values()];
}

/** By their numbers; what has none (alarms, letters from people) by the first of them. */
function inOneLine(group: readonly DutyTold[]): string {
  const [first] = group;
  if (!first) return '';
  const numbers = [...new Set(group.flatMap(({ number }) => number ?? []))];
  if (numbers.length === 0) return `${first.text}；同类另有${group.length - 1}项`;
  const oldest = group.map(({ since }) => since).sort()[0] ?? first.since;
  const which = `${numbers.slice(0, 3).join('、')}${numbers.length > 3 ? '等' : ''}`;
  return `${together[first.kind]}（${group.length}项，最早${sayDay(new Date(oldest))}）：${which}`;
}
