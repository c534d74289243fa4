import type { RequirementState } from '../application/application.ts';
import type { OpenQuestion } from '../application/material.ts';
import type { Severity } from '../notice/finding-codes.ts';
import type { Requirement } from '../notice/schema.ts';
import type { Timeliness } from '../notice/timeliness.ts';
import type {
  ApplicationRecord,
  ApplicationStatus,
  DecisionRecord,
  Fate,
  LetterRecord,
  LetterState,
} from '../store/records.ts';
import { plain } from './plain.ts';

/** The words that reports have for what the ledger keeps as codes. */
export const statusWords: Record<ApplicationStatus, string> = {
  incomplete: '未齐全',
  complete: '齐全待审',
  accepted: '通过初审',
  returned: '已退回补正',
  declined: '不予受理',
};
export const timelinessWords: Record<Timeliness, string> = {
  on_time: '按时',
  boundary: '截止后24小时内',
  late: '逾期',
};
export const fateWords: Record<Fate, string> = {
  recorded: '录入',
  set_aside: '暂存',
  failed: '失败',
  pending: '待处理',
  before_round: '开始前',
};
export const letterWords: Record<LetterRecord['kind'], string> = {
  receipt: '材料接收回执',
  correction_request: '材料补正通知',
  late_notice: '收到情况告知',
  digest: '收件日报',
};
export const letterStateWords: Record<LetterState, string> = {
  due: '待发',
  held: '等人决定',
  sending: '正在发送',
  sent: '已发出',
  failed: '没有发出',
  bounced: '被退回',
};

export const decisionWords: Record<DecisionRecord['kind'], string> = {
  accept: '通过初审',
  return: '退回补正',
  decline: '不予受理',
};
export const severityWords: Record<Severity, string> = { blocking: '请补正', advisory: '提示', note: '内部' };
/** How a requirement stands, as staff say it; what unions read is in the round's texts. */
export const stateWords: Record<RequirementState, string> = {
  present: '已收到',
  missing: '未见',
  declared_none: '填报为无',
  on_paper: '随纸质材料报送',
  blank_form: '收到的是空表',
  needs_fix: '需更正',
  unreadable: '打不开，待人工查看',
  behind_link: '在链接中',
  unsure: '待人工查看',
};

/** Why a file that may be what is asked for is still a person's to look at. */
export const openWords: Record<OpenQuestion['why'], string> = {
  unreadable: '打不开',
  behind_link: '在链接中',
  unsure: '待认定',
};

/** A folder as the mailbox's web page calls it; a server's other folders have names that people gave. */
export const sayFolder = (folder: string) => (/^inbox$/i.test(folder) ? '收件箱' : folder);

/** How an application stands; one that holds nothing any more says where it went. */
export const sayStatus = ({
  status,
  isGone,
  mergedInto,
}: Pick<ApplicationRecord, 'status' | 'isGone' | 'mergedInto'>) =>
  isGone ? (mergedInto === null ? '已撤销' : `已并入${mergedInto}`) : statusWords[status];

/** `温县总工会—李建国`, or what is not known of it. */
export function sayWho({ union, nominee }: Pick<ApplicationRecord, 'union' | 'nominee'>): string {
  return `${union ? plain(union, 30) : '单位不明'}—${nominee ? plain(nominee, 20) : '姓名不明'}`;
}

/** `推荐表、照片`; more than three are counted. */
export function sayRequirements(requirements: readonly Requirement[]): string {
  const names = requirements.map(({ name }) => name);
  return names.length <= 3 ? names.join('、') : `${names.slice(0, 2).join('、')}等${names.length}项`;
}
