import { parse } from 'csv-parse/sync';
import { type Problem, unknownWord } from '../config/problem.ts';
import { squeeze } from '../text/squeeze.ts';

/** A body that may recommend nominees. `quota` is how many (notice, clause 三). */
export type Union = { name: string; group: string; quota: number; aliases: string[] };

const columns = ['推荐单位', '类别', '名额', '别名'] as const;

/** roster.csv as saved by Excel: a header line, then a union a line; aliases divided by 、. */
export function readRoster(csv: string, file: string, problems: Problem[]): Union[] {
  const lines: string[][] = parse(csv, { bom: true, trim: true, skip_empty_lines: true, relax_column_count: true });
  const head = lines[0] ?? [];
  const missing = columns.filter((column) => !head.includes(column));
  for (const column of missing) problems.push({ file, place: '第1行', expected: `缺少“${column}”一栏` });
  for (const word of head.filter((given) => given && !columns.some((column) => column === given)))
    problems.push({ file, place: '第1行', expected: unknownWord(word, columns) });
  if (missing.length > 0) return [];
  const unions = lines
    .slice(1)
    .map((line, index) =>
      readUnion(Object.fromEntries(head.map((name, at) => [name, line[at] ?? ''])), `第${index + 2}行`, file, problems),
    );
  problems.push(...sharedNames(unions, file));
  return unions;
}

function readUnion(line: Record<string, string>, place: string, file: string, problems: Problem[]): Union {
  const { 推荐单位: name = '', 类别: group = '', 名额: places = '', 别名: aliases = '' } = line;
  if (!name) problems.push({ file, place, expected: '推荐单位不能为空' });
  if (!/^[1-9]\d?$/.test(places)) problems.push({ file, place: `${place} 名额`, expected: '应为1到99的整数' });
  return {
    name,
    group,
    quota: Number(places),
    aliases: aliases
      .split(/[、，,;；]/)
      .map((alias) => alias.trim())
      .filter(Boolean),
  };
}

/** One name for two unions would join two unions' nominees. */
function sharedNames(unions: Union[], file: string): Problem[] {
  const owners = new Map<string, string>();
  return unions.flatMap(({ name, aliases }, index) =>
    [...new Set([name, ...aliases].map(squeeze))].flatMap((known) => {
      const owner = owners.get(known);
      owners.set(known, name);
      return owner === undefined
        ? []
        : [{ file, place: `第${index + 2}行`, expected: `“${known}”已经属于“${owner}”，一个名称只能指一个单位` }];
    }),
  );
}
