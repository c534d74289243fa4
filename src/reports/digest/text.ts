import type { Digest } from './digest.ts';
import { dutyLines } from './duty-lines.ts';
import {
  dayOf,
  mark,
  sayDeadline,
  sayGaps,
  sayLegend,
  sayLetters,
  sayMarks,
  sayQuiet,
  saySetAside,
  saySilent,
  saySystem,
  sayTotals,
  sayUnion,
  sayWindow,
  shownToday,
  whereToDo,
} from './sentences.ts';
import type { TodaysApplication } from './today.ts';

/** `收件日报7月18日：新收5 待审2 待补正3 需处理4` */
export function digestSubject(digest: Digest): string {
  const { newMessages, awaitingReview, awaitingUnion, needsHandling } = digest.totals;
  return `${mark(digest)}收件日报${dayOf(digest)}：新收${newMessages} 待审${awaitingReview} 待补正${awaitingUnion} 需处理${needsHandling}`;
}

/** The digest as plain text, for mail programs that show no HTML and for the terminal. No column needs a fixed width. */
export function digestText(digest: Digest): string {
  const quiet = sayQuiet(digest);
  const blocks = [
    [`${mark(digest)}收件日报 ${dayOf(digest)}`, sayWindow(digest), sayDeadline(digest), ...(quiet ? [quiet] : [])],
    duties(digest),
    [
      '二、总数',
      sayTotals(digest)
        .map(([name, value]) => `${name}${value}`)
        .join('　'),
    ],
    units(digest),
    today(digest),
    ['五、回函', ...sayLetters(digest)],
    ['六、不需处理的邮件', saySetAside(digest)],
    ['七、系统状况', ...saySystem(digest)],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function duties({ duties: all, totals }: Digest): string[] {
  const { lines, untold } = dutyLines(all);
  const head = `一、今天要做的事（需处理${totals.needsHandling}项，待审${totals.awaitingReview}件）`;
  if (lines.length === 0) return [head, '没有'];
  const more = untold > 0 ? [`另有${untold}项`] : [];
  return [head, ...lines.map((line, index) => `${index + 1}. ${line}`), ...more, whereToDo];
}

function units(digest: Digest): string[] {
  const sent = digest.units.filter(({ received }) => received > 0);
  const silent = saySilent(digest);
  return [
    '三、推荐单位进度',
    ...sent.flatMap((unit) => [
      `${sayUnion(unit)}　名额${unit.quota} 收到${unit.received} 齐全${unit.complete}${unit.overQuota ? '（超名额）' : ''}`,
      ...unit.gaps.map((gaps) => `　　${sayGaps(gaps, digest.materials)}`),
    ]),
    ...(silent ? [silent] : []),
  ];
}

function today(digest: Digest): string[] {
  const { shown, untold } = shownToday(digest);
  if (shown.length === 0) return ['四、新到材料的申报件', '没有'];
  const head = `四、新到材料的申报件（${digest.today.length}件）`;
  return [head, ...shown.flatMap(application), ...(untold ? [untold] : []), ...sayLegend(digest.materials)];
}

function application(one: TodaysApplication): string[] {
  const marks = sayMarks(one);
  const boxes = one.boxes.map((sign, index) => `${index + 1}${sign}`).join(' ');
  return [
    `${one.number}　${one.union ?? '单位不明'}—${one.nominee ?? '姓名不明'}`,
    `　　${boxes}${marks ? `　${marks}` : ''}`,
    ...one.seen.map((line) => `　　· ${line}`),
    ...(one.seenMore > 0 ? [`　　· 另有${one.seenMore}条`] : []),
  ];
}
