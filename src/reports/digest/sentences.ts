import { atOfficeTime, officeIso, sayDay } from '../../clock.ts';
import { sayFates } from '../balance.ts';
import { letterWords, sayFolder, timelinessWords } from '../say.ts';
import type { BalanceTold, Digest } from './digest.ts';
import { boxLegend, type TodaysApplication } from './today.ts';
import type { Gaps, UnitProgress } from './units.ts';

/** The digest's sentences, without marks of text or HTML: both tell the same words. */

export const mark = ({ rehearsal }: Pick<Digest, 'rehearsal'>) => (rehearsal ? '【演练】' : '');

/** `7月18日 08:30` */
const momentOf = (iso: string) => `${sayDay(new Date(iso))} ${officeIso(new Date(iso)).slice(11, 16)}`;

export const dayOf = ({ date }: Pick<Digest, 'date'>) => sayDay(atOfficeTime(date, '12:00'));

export const sayWindow = ({ since, until, round }: Digest) =>
  `${round.honour}推荐材料　${momentOf(since)} 至 ${momentOf(until)}`;

export function sayDeadline({ round, totals: { daysLeft } }: Digest): string {
  if (daysLeft > 0) return `距报送截止（${round.deadline}）还有${daysLeft}天`;
  return daysLeft === 0 ? `今天是报送截止日（${round.deadline}）` : `报送时间（${round.deadline}）已过`;
}

/** Said only on a day without mail; that all is well is said only when it is. */
export function sayQuiet({ totals, system }: Digest): string | null {
  if (totals.newMessages > 0) return null;
  return system.ok ? '今日无新邮件，系统正常' : '今日无新邮件；系统状况请看第七项';
}

export function sayTotals({ totals }: Digest): [name: string, value: number][] {
  return [
    ['新收邮件', totals.newMessages],
    ['申报件', totals.applications],
    ['齐全', totals.complete],
    ['待补正', totals.awaitingUnion],
    ['待查看', totals.awaitingLook],
    ['待审', totals.awaitingReview],
    ['截止后待定', totals.awaitingDecision],
    ['已审', totals.reviewed],
  ];
}

/** `李建国：缺推荐表、照片；更正量化表；待查看荣誉证书` */
export function sayGaps({ nominee, missing, toMend, toLookAt }: Gaps, materials: readonly string[]): string {
  const parts = [
    ['缺', missing],
    ['更正', toMend],
    ['待查看', toLookAt],
  ] as const;
  const list = (names: string[]) => (names.length === materials.length ? `全部${names.length}项` : names.join('、'));
  const told = parts.filter(([, names]) => names.length > 0).map(([verb, names]) => verb + list(names));
  return `${nominee ?? '姓名不明'}：${told.join('；') || '有问题待处理'}`;
}

export const sayUnion = ({ union, onRoster }: UnitProgress) =>
  `${union ?? '单位不明'}${union !== null && !onRoster ? '（不在名册）' : ''}`;

/** Who of the roster has sent nothing; null when everybody has. */
export function saySilent({ units, totals: { daysLeft } }: Digest): string | null {
  const silent = units.filter(({ onRoster, received }) => onRoster && received === 0);
  if (silent.length === 0) return null;
  const time = daysLeft > 0 ? `，还有${daysLeft}天` : daysLeft === 0 ? '，今天截止' : '，报送时间已过';
  return `尚无来件（${silent.length}家${time}）：${silent.map(({ union }) => union).join('、')}`;
}

/** `新，逾期，补正2 提示1`; empty when there is nothing to say. */
export function sayMarks({ isNew, timeliness, findings }: TodaysApplication): string {
  const counts = [
    ['补正', findings.blocking],
    ['提示', findings.advisory],
    ['内部', findings.note],
  ] as const;
  const found = counts.filter(([, count]) => count > 0).map(([name, count]) => name + count);
  const time = timeliness === 'on_time' ? [] : [timelinessWords[timeliness]];
  return [...(isNew ? ['新'] : []), ...time, ...(found.length > 0 ? [found.join(' ')] : [])].join('，');
}

const mostToday = 60;

/** Where each thing is done: the clerk has the desk, whoever keeps the machine its commands. */
export const whereToDo = '逐项查看：审核台“今日”，或 npx shouli queue';

/** As many of today's applications as a page can bear; a first morning with a year's backlog brings hundreds. */
export function shownToday({ today }: Digest): { shown: TodaysApplication[]; untold: string | null } {
  const more = today.length - mostToday;
  return {
    shown: today.slice(0, mostToday),
    untold: more > 0 ? `另有${more}件：见审核台“申报件”，或 npx shouli applications` : null,
  };
}

/** What the numbers over the boxes and the signs in them mean. */
export function sayLegend(materials: readonly string[]): string[] {
  return [
    materials.map((name, index) => `${index + 1}：${name}`).join('　'),
    boxLegend.map(([sign, meaning]) => `${sign} ${meaning}`).join('　'),
  ];
}

export const sayBalance = (balance: BalanceTold): string => {
  const { server, ledger, byFate, folders, ok } = balance;
  if (server === null) return `还没有与邮箱服务器核对过；台账${ledger}封（${sayFates(byFate)}）`;
  if (ok) return `服务器${server}封 = 台账${ledger}封（${sayFates(byFate)}），无遗漏`;
  const wrong = folders.filter((each) => each.server !== each.ledger);
  const where = wrong.map((each) => `${sayFolder(each.folder)} 服务器${each.server} 台账${each.ledger}`).join('；');
  return `服务器${server}封，台账${ledger}封（${sayFates(byFate)}），对不上${where ? `：${where}` : ''}，请查明`;
};

export function sayLetters({ letters: { sent, due, held, undelivered } }: Digest): string[] {
  const left = Object.entries(letterWords).flatMap(([kind, name]) => (sent[kind] ? [`${name}${sent[kind]}封`] : []));
  const waiting = [...(held > 0 ? [`等人决定${held}封`] : []), ...(due > 0 ? [`待发${due}封`] : [])];
  return [
    left.length > 0 ? `发出${left.join('、')}` : '没有发出回函',
    ...(waiting.length > 0 ? [waiting.join('，')] : []),
    ...undelivered.map(
      ({ kind, number, state, reason }) =>
        `${state === 'bounced' ? '被退回' : '没有发出'}：${letterWords[kind]}${number ? ` ${number}` : ''}${reason ? `（${reason}）` : ''}`,
    ),
  ];
}

export const saySetAside = ({ setAside }: Digest) =>
  setAside.length > 0 ? setAside.map(({ name, count }) => `${name}${count}封`).join('、') : '没有';

export function saySystem({ system, balance }: Digest): string[] {
  const { lastPollAt, folders, pending, failed, lettersStopped, outboxPausedUntil, diskFreeBytes, diskLow } = system;
  const where = folders.length > 0 ? `（${folders.map(sayFolder).join('、')}）` : '';
  return [
    sayBalance(balance),
    lastPollAt ? `上次成功收信 ${momentOf(lastPollAt)}${where}` : '还没有成功收过信',
    `等待处理的邮件${pending}封，失败${failed}项`,
    ...(lettersStopped ? ['发信已由人停止'] : []),
    ...(outboxPausedUntil ? [`邮箱服务器要求缓发，${momentOf(outboxPausedUntil)}以后继续`] : []),
    ...(diskFreeBytes === null
      ? []
      : [`磁盘剩余${(diskFreeBytes / 1024 ** 3).toFixed(1)} GB${diskLow ? '，不多了，请清理' : ''}`]),
    ...system.alarms.map((text) => `注意：${text}`),
  ];
}
