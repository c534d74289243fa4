import type { DismissedFinding, Finding, RequirementStatus } from '../application/application.ts';
import type { OpenQuestion, Source } from '../application/material.ts';
import { sayDay, sayMoment } from '../clock.ts';
import type { Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';
import type { HistoryEntry } from '../review/acts.ts';
import type { ApplicationRecord } from '../store/records.ts';
import { sayExpiry } from './links.ts';
import type { LooseFile } from './loose-files.ts';
import { plain } from './plain.ts';
import { openWords, sayStatus, severityWords, stateWords, timelinessWords } from './say.ts';

/** What is known of one application. */
export type Dossier = {
  record: ApplicationRecord;
  /** What happened to it, oldest first (history.ts). */
  history: readonly HistoryEntry[];
  /** Files that may be what is asked for, and that nobody understood yet. */
  open: readonly (Pick<OpenQuestion, 'file' | 'why' | 'mightBe'> & {
    source: Pick<Source, 'message' | 'receivedAt' | 'broughtBy'>;
  })[];
  /** Files that answer nothing. */
  loose: readonly Pick<LooseFile, 'file' | 'note'>[];
};

/**
 * One application as a page of plain text, for `show` and `export`: how each requirement stands, on which files and on which
 * a person has still to look, every finding with its place and clause, files that answer nothing, letters, and what happened
 * in the order in which it did.
 */
export function dossierText({ record, history, open, loose }: Dossier, notice: Notice): string {
  const blocks = [
    head(record, notice),
    [
      '材料',
      ...notice.requirements.flatMap((wanted, index) => requirement(index, wanted, record.requirements[wanted.code])),
    ],
    ...(open.length > 0 ? [['请人工查看的文件', ...openLines(open, notice)]] : []),
    ['问题', ...orNone(record.findings.flatMap((finding) => findingLines(finding, notice)))],
    ...(record.dismissed.length > 0 ? [['认定不算的问题', ...record.dismissed.flatMap(dismissedLines)]] : []),
    ...(record.links.length > 0 ? [links(record)] : []),
    ...(loose.length > 0 ? [['没有认作材料的文件', ...loose.map(looseLine)]] : []),
    [
      '经过',
      ...orNone(
        history.map(({ at, text, by }) => `  ${sayMoment(at)}　${text}${by === null ? '' : `　${plain(by, 20)}`}`),
      ),
    ],
  ];
  return `${blocks.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

function head(record: ApplicationRecord, notice: Notice): string[] {
  const { number, union, unionKnown, unionQuota, nominee, timeliness, firstReceivedAt, lastReceivedAt } = record;
  return [
    `${number}　${sayStatus(record)}`,
    notice.title,
    `推荐单位：${union ? plain(union) : '不明'}${union && !unionKnown ? '（不在名册）' : ''}（名额${unionQuota}）`,
    `推荐人选：${nominee ? plain(nominee) : '不明'}`,
    `时限：${timelinessWords[timeliness]}`,
    `首次收到：${sayMoment(firstReceivedAt)}　最近收到：${sayMoment(lastReceivedAt)}`,
  ];
}

function requirement(index: number, { name, copies }: Requirement, status: RequirementStatus | undefined): string[] {
  const files = (status?.files ?? []).map((file) => `     ${plain(file, 120)}`);
  const { acceptedBy, paper } = status ?? {};
  return [
    `  ${index + 1}. ${name}　${stateWords[status?.state ?? 'missing']}${sayCounts(status)}`,
    ...files,
    ...(acceptedBy ? [`     由${plain(acceptedBy.by, 20)}认可：${plain(acceptedBy.reason, 200)}`] : []),
    ...(paper ? [`     ${sayPaper(paper, copies)}`] : []),
  ];
}

/** `纸质1份（应交3份），已见公章　王某` */
const sayPaper = ({ copies, sealSeen, by }: NonNullable<RequirementStatus['paper']>, wanted: number) =>
  `纸质${copies}份${copies < wanted ? `（应交${wanted}份）` : ''}，${sealSeen ? '已见公章' : '未见公章'}　${plain(by, 20)}`;

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

const dismissedLines = ({ forStaff, dismissedBy: { by, reason } }: DismissedFinding) => [
  `  ${plain(forStaff, 300)}`,
  `     由${plain(by, 20)}认定不算问题：${plain(reason, 200)}`,
];

function links({ links: all }: ApplicationRecord): string[] {
  return [
    '链接中的文件',
    ...all.map((link) => {
      const expiry = sayExpiry(link);
      return `  ${plain(link.provider, 20)}　${plain(link.name ?? '未写文件名', 80)}${expiry ? `　${expiry}失效` : ''}`;
    }),
  ];
}

/** `证书.pdf　打不开　可能是第3、5项　7月17日来信`: each file of each mail once, with the numbers of the materials above. */
function openLines(open: Dossier['open'], { requirements }: Notice): string[] {
  const keyOf = ({ source, file }: Dossier['open'][number]) => `${source.message} ${file}`;
  return [...new Map(open.map((question) => [keyOf(question), question]))].map(([key, { file, source }]) => {
    const asked = open.filter((question) => keyOf(question) === key);
    const why = [...new Set(asked.map((question) => openWords[question.why]))].join('，');
    const items = requirements.flatMap(({ code }, index) =>
      asked.some(({ mightBe }) => mightBe.includes(code)) ? [index + 1] : [],
    );
    const which = items.length === requirements.length ? '任何一项' : `第${items.join('、')}项`;
    return `  ${plain(file, 120)}　${why}　可能是${which}　${sayDay(source.receivedAt)}${source.broughtBy === undefined ? '来信' : '补入'}`;
  });
}

const looseLine = ({ file, note }: Dossier['loose'][number]) =>
  `  ${plain(file, 120)}${note ? `　${plain(note, 200)}` : ''}`;

const orNone = (lines: string[]) => (lines.length > 0 ? lines : ['  没有']);
