import type { Digest } from './digest.ts';
import { dutyLines } from './duty-lines.ts';
import { calm, numbered, page, paragraph, section, small, table, tiles, title, warning } from './markup.ts';
import {
  dayOf,
  mark,
  sayBalance,
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
import { digestSubject } from './text.ts';

/** The digest as a page for the phone and for 126's web mail: the same sentences as the text, no picture, no link. */
export function digestHtml(digest: Digest): string {
  return page(digestSubject(digest), [
    title(`${mark(digest)}收件日报 ${dayOf(digest)}`),
    small(sayWindow(digest)),
    paragraph(sayDeadline(digest)),
    quiet(digest),
    section(
      `一、今天要做的事（需处理${digest.totals.needsHandling}项，待审${digest.totals.awaitingReview}件）`,
      duties(digest),
    ),
    section('二、总数', tiles(sayTotals(digest))),
    section('三、推荐单位进度', units(digest)),
    section(`四、新到材料的申报件（${digest.today.length}件）`, today(digest)),
    section('五、回函', sayLetters(digest).map(paragraph).join('')),
    section('六、不需处理的邮件', paragraph(saySetAside(digest))),
    section('七、系统状况', system(digest)),
  ]);
}

function quiet(digest: Digest): string {
  const said = sayQuiet(digest);
  if (!said) return '';
  return digest.system.ok ? calm(said) : warning(said);
}

function duties({ duties: all }: Digest): string {
  const { lines, untold } = dutyLines(all);
  if (lines.length === 0) return paragraph('没有');
  return [numbered(lines), ...(untold > 0 ? [paragraph(`另有${untold}项`)] : []), small(whereToDo)].join('');
}

function units(digest: Digest): string {
  const rows = digest.units
    .filter(({ received }) => received > 0)
    .map((unit) => ({
      cells: [
        `${sayUnion(unit)}${unit.overQuota ? '（超名额）' : ''}`,
        `${unit.quota}`,
        `${unit.received}`,
        `${unit.complete}`,
      ],
      below: unit.gaps.map((gaps) => sayGaps(gaps, digest.materials)),
    }));
  const silent = saySilent(digest);
  return [
    ...(rows.length > 0 ? [table(['推荐单位', '名额', '收到', '齐全'], rows, () => null)] : []),
    ...(silent ? [paragraph(silent)] : []),
  ].join('');
}

function today(digest: Digest): string {
  const { shown, untold } = shownToday(digest);
  if (shown.length === 0) return paragraph('没有');
  const rows = shown.map((one) => {
    const marks = sayMarks(one);
    return {
      cells: [`${one.union ?? '单位不明'}—${one.nominee ?? '姓名不明'}`, ...one.boxes],
      below: [
        `${one.number}${marks ? `　${marks}` : ''}`,
        ...one.seen.map((line) => `· ${line}`),
        ...(one.seenMore > 0 ? [`· 另有${one.seenMore}条`] : []),
      ],
    };
  });
  const heads = ['申报件', ...digest.materials.map((_, index) => `${index + 1}`)];
  const legend = sayLegend(digest.materials).map(small).join('');
  return table(heads, rows, boxColour) + (untold ? paragraph(untold) : '') + legend;
}

/** Colour only repeats what the sign says. */
function boxColour(sign: string): string {
  const colours = new Map([
    ['✓', '#15803d'],
    ['✗', '#b91c1c'],
    ['改', '#b45309'],
    ['链', '#6d28d9'],
    ['?', '#6d28d9'],
  ]);
  return `font-weight:bold;color:${colours.get(sign) ?? '#4b5563'}`;
}

function system(digest: Digest): string {
  const [, ...rest] = saySystem(digest);
  const balance = sayBalance(digest.balance);
  return [digest.balance.ok ? calm(balance) : warning(balance), ...rest.map(paragraph)].join('');
}
