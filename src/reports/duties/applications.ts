import { sayDay } from '../../clock.ts';
import type { ApplicationRecord } from '../../store/records.ts';
import type { OfficeFacts } from '../facts.ts';
import { expiryOf, isPast, sayExpiry } from '../links.ts';
import { plain } from '../plain.ts';
import { sayRequirements, sayWho } from '../say.ts';
import { isOpen, lacking, toLookAt } from '../standing.ts';
import { type Duty, type DutyKind, duty } from './duty.ts';

/** What an application asks of a person; one may ask for several things. */
export function applicationDuties(facts: OfficeFacts): Duty[] {
  return facts.applications.flatMap((record) =>
    isOpen(record)
      ? [links, asked, unknownUnion, files, late, review].flatMap((duties) => duties(record, facts))
      : changed(record, facts),
  );
}

const soonMs = 3 * 24 * 3_600_000;

/** Links within three days of their end, told once for an application; the first to die sets the date. */
function links(record: ApplicationRecord, facts: OfficeFacts): Duty[] {
  const [first, ...more] = dyingLinks(record, facts);
  const due = first && expiryOf(first);
  if (!first || !due) return [];
  const others = more.length > 0 ? `等${more.length + 1}个链接` : '';
  const what = isPast(first, facts.now)
    ? '已失效，请联系单位重发'
    : `失效（${countdown(due, facts.now)}），请尽快下载补入`;
  const text = `${plain(first.provider, 20)}“${plain(first.name ?? '未写文件名', 30)}”${others}${sayExpiry(first)}${what}`;
  return [about('link_expiring', record, text, { due, since: record.lastReceivedAt })];
}

function countdown(due: Date, now: Date): string {
  const days = Math.floor((due.getTime() - now.getTime()) / 86_400_000);
  return days < 1 ? '不到一天' : `还有${days}天`;
}

function dyingLinks({ links: all }: ApplicationRecord, { now }: OfficeFacts) {
  return all
    .flatMap((link) => ({ link, at: expiryOf(link)?.getTime() ?? Number.POSITIVE_INFINITY }))
    .filter(({ at }) => at - now.getTime() <= soonMs)
    .sort((a, b) => a.at - b.at)
    .map(({ link }) => link);
}

/** Until a person has dismissed it: 不算问题, with what was answered. */
function asked(record: ApplicationRecord): Duty[] {
  const said = record.findings.filter(({ code }) => code === 'letter_says').map(({ evidence }) => evidence.seen ?? '');
  if (said.length === 0) return [];
  const text = `来信里有话要人看“${plain(said.join(' '), 60)}”`;
  return [about('question', record, text, { since: record.lastReceivedAt })];
}

function unknownUnion(record: ApplicationRecord): Duty[] {
  if (record.union && record.unionKnown) return [];
  const text = record.union ? '推荐单位不在名册内，请核实' : '看不出推荐单位，请核实';
  return [about('union_unknown', record, text)];
}

function files(record: ApplicationRecord, facts: OfficeFacts): Duty[] {
  const open = toLookAt(record, facts.notice);
  if (open.length === 0 || dyingLinks(record, facts).length > 0) return [];
  const linked = open.some(({ code }) => record.requirements[code]?.state === 'behind_link');
  const text = `${sayRequirements(open)}的文件请人工${linked ? '下载' : ''}查看`;
  return [about('file_to_look_at', record, text, { since: record.lastReceivedAt })];
}

/** Late is a label, and only a person refuses. What was not complete by the cut-off waits too, unless a held letter asks already. */
function late(record: ApplicationRecord, { notice, now, letters }: OfficeFacts): Duty[] {
  if (record.timeliness === 'late')
    return [about('late', record, `${sayDay(record.firstReceivedAt)}逾期收到，请决定是否接收`)];
  if (record.timeliness === 'boundary')
    return [about('late', record, `截止后${notice.deadline.boundaryHours}小时内收到，请决定是否接收`)];
  const asked = letters.some(({ number, state }) => number === record.number && state === 'held');
  if (now < notice.deadline.cutOff || record.status === 'complete' || asked) return [];
  const gap = lacking(record, notice);
  const what = gap.length > 0 ? `，${sayRequirements(gap)}未齐` : '';
  return [about('late', record, `报送时间已过${what}，请决定如何处理`, { since: notice.deadline.cutOff })];
}

function review(record: ApplicationRecord): Duty[] {
  if (record.status !== 'complete' || record.timeliness !== 'on_time') return [];
  return [about('review', record, '材料齐全，请审核', { since: record.lastReceivedAt })];
}

function changed(record: ApplicationRecord, { decisions }: OfficeFacts): Duty[] {
  const last = decisions[record.number]?.at(-1);
  if (!last || record.lastReceivedAt <= last.at) return [];
  return [about('changed', record, '处理之后又收到材料，请再看一次', { since: record.lastReceivedAt })];
}

function about(kind: DutyKind, record: ApplicationRecord, text: string, more: Partial<Duty> = {}): Duty {
  const command = `npx shouli show ${record.number}`;
  const line = `${text}：${record.number} ${sayWho(record)}`;
  return duty(kind, { since: record.firstReceivedAt, number: record.number, text: line, command, ...more });
}
