import type { CheckedApplication, RequirementState } from '../application/application.ts';
import { sayMoment } from '../clock.ts';
import type { Outcome } from '../intake/index.ts';
import type { LetterDue } from '../intake/letters-due.ts';
import { stateLines } from '../letters/state-line.ts';
import type { Severity } from '../notice/finding-codes.ts';
import type { Notice } from '../notice/notice.ts';
import type { Timeliness } from '../notice/timeliness.ts';
import type { Looked, SeenMail } from './look.ts';
import { columns } from './table.ts';
import { placeOf } from './unplaced.ts';

const dispositions = { application: '申报材料', set_aside: '暂存，不作申报处理', needs_person: '需要人工处理' };
const marks: Record<RequirementState, string> = {
  present: '✓',
  declared_none: '✓',
  on_paper: '✓',
  missing: '✗',
  blank_form: '✗',
  needs_fix: '✗',
  unreadable: '？',
  behind_link: '链',
  unsure: '？',
};
const times: Record<Timeliness, string> = { on_time: '按时', boundary: '截止后24小时内（边界）', late: '逾期' };
const grades: Record<Severity, string> = { blocking: '请补正', advisory: '提示', note: '内部' };
const witnesses = {
  option: '按 --received-at',
  received_header: '按邮箱服务器的 Received',
  file_time: '邮件里没有收件时间，按文件的修改时间',
};
const letterNames = { receipt: '材料接收回执', correction_request: '材料补正通知', late_notice: '收到情况告知' };

/** What a clerk reads: each mail and its files, each application with its boxes and findings, the letter that would go. */
export function checkText({ mails, outcome }: Looked, notice: Notice): string {
  const parts = [
    heading('邮件', mails.length),
    ...mails.map((mail) => mailText(mail, outcome, notice)),
    heading('申报件', outcome.applications.length),
    ...outcome.applications.map((application) => applicationText(application, notice)),
    heading('会发出的回函', outcome.letters.length),
    ...outcome.letters.map(letterText),
  ];
  return `${parts.join('\n\n')}\n`;
}

const heading = (title: string, count: number) => `━━ ${title}（${count}）`.padEnd(60, '━');

function mailText({ message, mail, files, fate }: SeenMail, outcome: Outcome, notice: Notice): string {
  const { disposition, reason } = placeOf(message.file, fate, outcome);
  const nameOf = (code: string | undefined) =>
    notice.requirements.find((requirement) => requirement.code === code)?.name;
  const rows = files.map((sorted) => [
    `    ${sorted.file.path}`,
    nameOf(sorted.answers[0]?.requirement) ?? (sorted.mightBe.length > 0 ? '待核' : '—'),
    sorted.note,
  ]);
  return [
    `${message.file}  ${mail.subject || '（无主题）'}`,
    `    发件人 ${mail.from ? `${mail.from.name} <${mail.from.address}>` : '（没有写）'}  收到 ${sayMoment(message.receivedAt)}（${witnesses[message.receivedFrom]}）`,
    `    ${dispositions[disposition]}${reason ? `：${reason}` : ''}`,
    ...mail.troubles.map((trouble) => `    注意：${trouble}`),
    ...mail.links.map(
      ({ provider, name, expiresAt }) => `    链接：${provider} ${name ?? ''}${expiresAt ? `，${expiresAt} 失效` : ''}`,
    ),
    ...columns(rows),
  ].join('\n');
}

function applicationText(application: CheckedApplication, notice: Notice): string {
  const { union, nominee, timeliness, firstReceivedAt, complete, requirements, findings } = application;
  const lines = stateLines(application, notice, false);
  const boxes = notice.requirements.map(({ code }, index) => [
    `    ${marks[requirements[code]?.state ?? 'missing']}`,
    `${index + 1} ${lines[index]?.名称}`,
    lines[index]?.状态 ?? '',
  ]);
  const found = findings.map(({ severity, forStaff, clause }) => [
    `    ${grades[severity]}`,
    `${forStaff}（通知${clause}）`,
  ]);
  return [
    `${union?.name ?? '（单位不明）'}${union && !union.known ? '（不在名册）' : ''} — ${nominee ?? '（姓名不明）'}    ${complete ? '齐全' : '未齐全'}`,
    `    ${times[timeliness]}，首次收到 ${sayMoment(firstReceivedAt)}`,
    ...columns(boxes),
    ...columns(found),
  ].join('\n');
}

function letterText({ letter, choice }: LetterDue): string {
  const body = letter.text
    .trimEnd()
    .split('\n')
    .map((line) => `    │ ${line}`.trimEnd());
  return [
    `${letterNames[letter.kind]}${choice.held ? '（截止后的补正，由人决定是否发出）' : ''}`,
    `    收件人：${letter.to}`,
    `    主题：${letter.subject}`,
    ...body,
  ].join('\n');
}
