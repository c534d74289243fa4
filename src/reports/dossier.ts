import type { Finding, RequirementStatus } from '../application/application.ts';
import { sayMoment } from '../clock.ts';
import type { Notice } from '../notice/notice.ts';
import type { ApplicationRecord, DecisionRecord, LetterRecord, MessageRecord } from '../store/records.ts';
import { sayExpiry } from './links.ts';
import { plain } from './plain.ts';
import {
  decisionWords,
  letterStateWords,
  letterWords,
  severityWords,
  stateWords,
  statusWords,
  timelinessWords,
} from './say.ts';

/**
 * One application as a page of plain text, for `show` and `export`: how each requirement stands and on which files,
 * every finding with its place and clause, letters, and what happened in the order in which it did.
 *
 * @param messages its mails · @param letters its letters · @param decisions what people decided on it, in any order
 */
export function dossierText(
  record: ApplicationRecord,
  messages: readonly MessageRecord[],
  letters: readonly LetterRecord[],
  decisions: readonly DecisionRecord[],
  notice: Notice,
): string {
  const blocks = [
    head(record, notice),
    [
      '材料',
      ...notice.requirements.flatMap(({ code, name }, index) => requirement(index, name, record.requirements[code])),
    ],
    ['问题', ...orNone(record.findings.flatMap((finding) => findingLines(finding, notice)))],
    ...(record.links.length > 0 ? [links(record)] : []),
    ['经过', ...orNone(historyOf(messages, letters, decisions).map(({ at, text }) => `  ${sayMoment(at)}　${text}`))],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function head(record: ApplicationRecord, notice: Notice): string[] {
  const { number, union, unionKnown, unionQuota, nominee, status, timeliness, firstReceivedAt, lastReceivedAt } =
    record;
  return [
    `${number}　${statusWords[status]}`,
    notice.title,
    `推荐单位：${union ? plain(union) : '不明'}${union && !unionKnown ? '（不在名册）' : ''}（名额${unionQuota}）`,
    `推荐人选：${nominee ? plain(nominee) : '不明'}`,
    `时限：${timelinessWords[timeliness]}`,
    `首次收到：${sayMoment(firstReceivedAt)}　最近收到：${sayMoment(lastReceivedAt)}`,
  ];
}

function requirement(index: number, name: string, status: RequirementStatus | undefined): string[] {
  const files = (status?.files ?? []).map((file) => `     ${plain(file, 120)}`);
  return [`  ${index + 1}. ${name}　${stateWords[status?.state ?? 'missing']}${sayCounts(status)}`, ...files];
}

/** `（3项，证书2份）`; no certificate is worth saying only where certificates are wanted. */
function sayCounts(status: RequirementStatus | undefined): string {
  const wanted = status?.state === 'present' || status?.state === 'needs_fix';
  const counts = [
    ...(status?.rows ? [`${status.rows}项`] : []),
    ...(status?.certificates || (wanted && status?.certificates === 0) ? [`证书${status.certificates}份`] : []),
  ];
  return counts.length > 0 ? `（${counts.join('，')}）` : '';
}

function findingLines({ severity, forStaff, evidence, clause }: Finding, notice: Notice): string[] {
  const place = [evidence.file, evidence.location].filter((part) => part !== null).map((part) => plain(part, 120));
  return [
    `  【${severityWords[severity]}】${plain(forStaff, 300)}`,
    `     依据：${notice.documentNumber} ${clause}${place.length > 0 ? `　位置：${place.join(' ')}` : ''}`,
  ];
}

function links({ links: all }: ApplicationRecord): string[] {
  return [
    '链接中的文件',
    ...all.map((link) => {
      const expiry = sayExpiry(link);
      return `  ${plain(link.provider, 20)}　${plain(link.name ?? '未写文件名', 80)}${expiry ? `　${expiry}失效` : ''}`;
    }),
  ];
}

/** Mails, letters and decisions in one line of time; a letter not sent stands at the time at which it falls due. */
export function historyOf(
  messages: readonly MessageRecord[],
  letters: readonly LetterRecord[],
  decisions: readonly DecisionRecord[],
): { at: Date; text: string }[] {
  const events = [
    ...messages.map(({ receivedAt, from, subject }) => ({
      at: receivedAt,
      text: `来信　${plain(subject, 80) || '（无主题）'}　${plain(from)}`,
    })),
    ...letters.map((letter) => ({ at: letter.sentAt ?? letter.dueAt, text: sayLetter(letter) })),
    ...decisions.map(({ at, kind, note, by }) => ({
      at,
      text: `${decisionWords[kind]}　${plain(note, 200)}　${plain(by, 20)}`,
    })),
  ];
  return events.sort((a, b) => a.at.getTime() - b.at.getTime());
}

function sayLetter({ kind, state, to, reason }: LetterRecord): string {
  return `${letterWords[kind]}　${letterStateWords[state]}　${plain(to)}${reason ? `（${plain(reason, 120)}）` : ''}`;
}

const orNone = (lines: string[]) => (lines.length > 0 ? lines : ['  没有']);
