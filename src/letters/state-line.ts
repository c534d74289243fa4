import Mustache from 'mustache';
import { type CheckedApplication, openQuestionsOf, type RequirementStatus } from '../application/application.ts';
import type { Notice } from '../notice/notice.ts';
import type { Requirement } from '../notice/schema.ts';

export type StateLine = { 序号: number; 名称: string; 状态: string };

/** The checklist of a letter: one line a requirement, with what was seen. A late notice only says what arrived. */
export function stateLines(application: CheckedApplication, notice: Notice, late: boolean): StateLine[] {
  return notice.requirements.map((requirement, index) => {
    const status = application.requirements[requirement.code];
    const seen = status && late ? { ...status, files: arrivedFor(requirement, status, application) } : status;
    return { 序号: index + 1, 名称: requirement.name, 状态: seen ? sayState(requirement, seen, notice, late) : '' };
  });
}

/** What lies in hand for a requirement, understood or not: a late notice has no other place that names the rest. */
function arrivedFor(
  { code }: Requirement,
  { files, state }: RequirementStatus,
  application: CheckedApplication,
): string[] {
  if (!open.has(state)) return files;
  const questions = openQuestionsOf(application).filter(({ mightBe }) => mightBe.includes(code));
  return [...files, ...questions.map(({ file }) => file)];
}

const open: ReadonlySet<string> = new Set(['unreadable', 'behind_link', 'unsure']);

function sayState(requirement: Requirement, status: RequirementStatus, { phrases }: Notice, late: boolean): string {
  const template = late
    ? lateTemplate(status, phrases.states)
    : status.state === 'present'
      ? phrases.states.present[requirement.kind]
      : phrases.states[status.state];
  const view = { 文件: sayFiles(status.files), 项数: status.rows ?? 0, 证书数: status.certificates ?? 0 };
  return Mustache.render(template, view, {}, { escape: String });
}

function lateTemplate({ state }: RequirementStatus, states: Notice['phrases']['states']): string {
  if (state === 'missing') return states.late.none;
  if (open.has(state)) return states.late.looked;
  return state === 'present' || state === 'blank_form' || state === 'needs_fix' ? states.late.arrived : states[state];
}

/** Up to three names as the union knows them; more are counted. */
export function sayFiles(paths: readonly string[]): string {
  const names = [...new Set(paths.map((path) => path.split('/').at(-1) ?? path))];
  return names.length <= 3 ? names.join('、') : `${names.slice(0, 3).join('、')}等${names.length}个文件`;
}
