import type { Finding } from '../../application/application.ts';
import type { Severity } from '../../notice/finding-codes.ts';
import type { Notice } from '../../notice/notice.ts';
import type { ApplicationRecord, DecisionRecord } from '../../store/records.ts';
import type { OfficeFacts } from '../facts.ts';
import { decisionWords, severityWords, stateWords, statusWords, timelinessWords } from '../say.ts';
import { type Sheet, sheetOf } from './sheet.ts';

/** 申报件: a row a nominee, with one column a requirement. */
export function applicationsSheet({ applications, decisions, notice }: OfficeFacts): Sheet {
  const count = (severity: Severity) => (record: ApplicationRecord) =>
    record.findings.filter((finding) => finding.severity === severity).length;
  const last = ({ number }: ApplicationRecord) => decisions[number]?.at(-1);
  return sheetOf<ApplicationRecord>('申报件', applications, [
    ['编号', 16, ({ number }) => number],
    ['推荐单位', 24, ({ union }) => union],
    ['在名册', 8, ({ union, unionKnown }) => (union && unionKnown ? '是' : '否')],
    ['名额', 6, ({ unionQuota }) => unionQuota],
    ['推荐人选', 12, ({ nominee }) => nominee],
    ['状态', 12, ({ status }) => statusWords[status]],
    ...notice.requirements.map(({ code, name }): [string, number, (record: ApplicationRecord) => string] => [
      name,
      18,
      ({ requirements }) => stateWords[requirements[code]?.state ?? 'missing'],
    ]),
    ['时限', 16, ({ timeliness }) => timelinessWords[timeliness]],
    ['首次收到', 18, ({ firstReceivedAt }) => firstReceivedAt],
    ['最近收到', 18, ({ lastReceivedAt }) => lastReceivedAt],
    ['请补正', 8, count('blocking')],
    ['提示', 8, count('advisory')],
    ['内部', 8, count('note')],
    ['处理', 12, (record) => sayDecision(last(record))],
    ['处理意见', 30, (record) => last(record)?.note ?? null],
    ['处理时间', 18, (record) => last(record)?.at ?? null],
  ]);
}

const sayDecision = (decision: DecisionRecord | undefined) => (decision ? decisionWords[decision.kind] : null);

/** 问题: every finding with its place and clause. */
export function findingsSheet({ applications, notice }: OfficeFacts): Sheet {
  const found = applications.flatMap((record) => record.findings.map((finding) => ({ record, finding })));
  return sheetOf<{ record: ApplicationRecord; finding: Finding }>('问题', found, [
    ['编号', 16, ({ record }) => record.number],
    ['推荐单位', 24, ({ record }) => record.union],
    ['推荐人选', 12, ({ record }) => record.nominee],
    ['轻重', 8, ({ finding }) => severityWords[finding.severity]],
    ['材料', 28, ({ finding }) => nameOf(finding.requirement, notice)],
    ['问题', 60, ({ finding }) => finding.forStaff],
    ['文件', 36, ({ finding }) => finding.evidence.file],
    ['位置', 24, ({ finding }) => finding.evidence.location],
    ['依据（通知条款）', 18, ({ finding }) => finding.clause],
    ['代码', 22, ({ finding }) => finding.code],
  ]);
}

const nameOf = (code: string | null, { requirements }: Notice) =>
  requirements.find((requirement) => requirement.code === code)?.name ?? null;
