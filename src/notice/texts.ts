import Mustache from 'mustache';
import type { z } from 'zod';
import { object, someText } from '../config/expect.ts';
import { type Problem, unknownWord } from '../config/problem.ts';
import { type FindingCode, findingCodes, findingVariables, type Severity } from './finding-codes.ts';

/**
 * The texts of the round: whole letters (letters/*.txt) and the sentences they are made of (phrases.yaml). They are
 * Mustache with Chinese names, so that a clerk can change a wording without a programmer; a name that the program does
 * not fill is refused at the start instead of leaving a hole in a letter.
 */
export const letterKinds = ['receipt', 'correction_request', 'late_notice'] as const;
export type LetterKind = (typeof letterKinds)[number];

const requirementStates = {
  declared_none: someText,
  on_paper: someText,
  missing: someText,
  blank_form: someText,
  needs_fix: someText,
  unreadable: someText,
  behind_link: someText,
  unsure: someText,
};

export const phrasesSchema = object({
  address: object({
    union: someText,
    nominee: someText,
    unknown: someText,
    you: object({ union: someText, person: someText }),
    nominee_named: someText,
    nominee_unnamed: someText,
  }),
  states: object({
    present: object({ form: someText, list: someText, certificates: someText, photo: someText }),
    ...requirementStates,
    late: object({ arrived: someText, looked: someText, none: someText }),
  }),
  sections: object({ missing: someText, fix: someText, advice: someText, staff: someText, link: someText }),
  files: object({ unreadable: someText, unsure: someText, link: someText }),
  findings: object(
    Object.fromEntries(
      findingCodes.map((code) => [code, object({ forUnion: someText.optional(), forStaff: someText })]),
    ),
  ),
});

export type Phrases = Omit<z.output<typeof phrasesSchema>, 'findings'> & {
  findings: Record<FindingCode, { forUnion?: string; forStaff: string }>;
};

const letterVariables = [
  '编号',
  '推荐单位',
  '姓名',
  '单位与姓名',
  '称呼',
  '贵方',
  '荣誉',
  '人选',
  '收到时间',
  '报送时间',
  '材料',
  '序号',
  '名称',
  '状态',
  '各节',
  '节号',
  '标题',
  '条目',
  '内容',
  '齐全',
  '几项',
  '几处',
  '已收到',
  '附表',
  '办公室',
  '联系人',
  '电话',
];
const phraseVariables: Record<string, readonly string[]> = {
  address: ['推荐单位', '姓名'],
  states: ['文件', '项数', '证书数'],
  files: ['文件', '原因', '怎样改', '网盘', '到期'],
};
const findingVariablesForAll = ['材料', '文件', '位置', '内容'];

/** The mistakes of one letter template: holes nobody fills, tags that do not close, a first line that is no subject. */
export function letterProblems(file: string, template: string, partial: boolean): Problem[] {
  const subject =
    partial || template.startsWith('主题：') ? [] : [{ file, place: '第1行', expected: '应以“主题：”开头' }];
  return [...subject, ...templateProblems(file, '', template, letterVariables)];
}

/** The mistakes of phrases.yaml that its schema cannot see; `severities` says which findings a union may read. */
export function phraseProblems(
  file: string,
  phrases: Phrases,
  severities: Partial<Record<FindingCode, Severity>>,
): Problem[] {
  const sentences = Object.entries(phraseVariables).flatMap(([section, known]) =>
    leaves(phrases[section as keyof Phrases], section).flatMap(([place, template]) =>
      templateProblems(file, place, template, known),
    ),
  );
  const findings = findingCodes.flatMap((code) => {
    const known = [...findingVariablesForAll, ...findingVariables[code]];
    const texts = leaves(phrases.findings[code], `findings.${code}`);
    const silent = (severities[code] ?? 'note') !== 'note' && !phrases.findings[code].forUnion;
    const needed = silent
      ? [{ file, place: `findings.${code}`, expected: `轻重是 ${severities[code]}，要有写给单位的 forUnion` }]
      : [];
    return [...needed, ...texts.flatMap(([place, template]) => templateProblems(file, place, template, known))];
  });
  return [...sentences, ...findings];
}

/** Every text in a nested mapping with its place: `states.present.form`. */
function leaves(value: unknown, place: string): [string, string][] {
  if (typeof value === 'string') return [[place, value]];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => leaves(inner, `${place}.${key}`));
}

function templateProblems(file: string, place: string, template: string, known: readonly string[]): Problem[] {
  try {
    const holes = namesIn(Mustache.parse(template) as Token[]).filter((name) => !known.includes(name));
    return [...new Set(holes)].map((name) => ({ file, place, expected: unknownWord(name, known) }));
  } catch {
    // Mustache says in English where a tag does not close; the clerk needs to know only that one does not
    return [{ file, place, expected: '双花括号没有成对，或 {{#…}} 没有对应的 {{/…}}' }];
  }
}

type Token = [kind: string, name: string, start: number, end: number, inner?: Token[]];

function namesIn(tokens: Token[]): string[] {
  return tokens.flatMap(([kind, name, , , inner]) => {
    if (kind === 'text' || kind === '!') return [];
    return kind === '>' ? [] : [name, ...(Array.isArray(inner) ? namesIn(inner) : [])];
  });
}
