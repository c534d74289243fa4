import Mustache from 'mustache';
import { type CheckedApplication, mailed } from '../application/application.ts';
import { sayMoment } from '../clock.ts';
import type { Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';
import { formsToSend } from './attached-forms.ts';
import { chineseCount, chineseNumber } from './chinese-number.ts';
import { letterHtml } from './html.ts';
import type { Letter, LetterChoice } from './letter.ts';
import { alongside, demands, type LetterSection } from './sections.ts';
import { stateLines } from './state-line.ts';

const received = new Set(['present', 'declared_none', 'on_paper']);

/**
 * Writes one letter from the round's templates. It holds no ID number, phone or link, and no sentence that is not in
 * `config/`.
 *
 * @param number the application's number, without brackets
 */
export function writeLetter(
  application: CheckedApplication,
  { kind, dated }: LetterChoice,
  number: string,
  notice: Notice,
): Letter {
  const view = letterView(application, kind === 'late_notice', dated, number, notice);
  const page = Mustache.render(notice.letters[kind], view, { 落款: notice.letters.footer }, { escape: String });
  const [first = '', ...rest] = page.split('\n');
  const text = `${rest
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`;
  return {
    kind,
    to: mailed(application.shares).at(-1)?.source.address ?? '',
    subject: oneLine(first.replace(/^主题：/, '')),
    text,
    html: letterHtml(text),
  };
}

function letterView(application: CheckedApplication, late: boolean, dated: boolean, number: string, notice: Notice) {
  const { union, nominee, requirements, complete } = application;
  const asked = late ? [] : demands(application, notice);
  const told = late ? [] : alongside(application, notice);
  const got = notice.requirements.filter(({ code }) => received.has(requirements[code]?.state ?? ''));
  return {
    编号: number,
    推荐单位: union?.name ?? '',
    姓名: nominee ?? '',
    单位与姓名: [union?.name, nominee].filter(Boolean).join('—'),
    ...addressee(application, notice),
    荣誉: notice.honour,
    收到时间: sayMoment(application.firstReceivedAt),
    报送时间: dated ? notice.deadline.wording : '',
    材料: stateLines(application, notice, late),
    各节: [...asked, ...told].map(numbered),
    齐全: complete,
    几项: chineseCount(notice.requirements.length),
    几处: chineseCount(asked.reduce((sum, { items }) => sum + items.length, 0)),
    附表:
      asked.length > 0
        ? formsToSend(application, notice)
            .map(({ fileName }) => `“${fileName}”`)
            .join('、')
        : '',
    已收到: got.map(({ name }) => name).join('、'),
    办公室: notice.office.name,
    联系人: notice.office.contact,
    电话: notice.office.phone,
  };
}

/** Who is spoken to: the union; the nominee who writes himself; or nobody known. */
function addressee({ union, nominee, shares }: CheckedApplication, { phrases }: Notice) {
  const sender = mailed(shares).at(-1)?.source.senderName ?? '';
  const himself = nominee !== null && squeeze(sender) === squeeze(nominee);
  const words = phrases.address;
  const greeting = himself ? words.nominee : union ? words.union : words.unknown;
  const fill = (template: string) =>
    Mustache.render(template, { 推荐单位: union?.name ?? '', 姓名: nominee ?? '' }, {}, { escape: String });
  return {
    称呼: fill(greeting),
    贵方: himself || !union ? words.you.person : words.you.union,
    人选: fill(nominee ? words.nominee_named : words.nominee_unnamed),
  };
}

const numbered = ({ heading, items }: LetterSection, index: number) => ({
  节号: chineseNumber(index + 1),
  标题: heading,
  条目: items.map((item, at) => ({ 序号: at + 1, 内容: oneLine(item) })),
});

/** No sender's line break enters a subject or an item (header injection). */
const oneLine = (text: string) => text.replace(/[\r\n\t]+/g, ' ').trim();
