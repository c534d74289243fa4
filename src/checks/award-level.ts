import { rowsOf } from '../forms/form.ts';
import { readAwardLevel } from '../forms/values/level.ts';
import { type Check, filledForms, finding } from './check.ts';

/** Clause 七（二）: 获市级以上奖励. County, company and group do not count; trade bodies are for a person to judge. */
export const awardLevel: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const column = form.definition.tables[0]?.columns.find(({ type }) => type === 'award_level');
    const { award } = notice.levels;
    if (!column || !award) return [];
    return rowsOf(form).flatMap(({ cells }) => {
      const cell = cells[column.key];
      const read = cell ? readAwardLevel(cell.text, notice.words.values) : null;
      if (!cell || !read || read.counts === 'yes') return [];
      const words = { 原因: read.counts === 'no' ? '不在此列' : '是否相当，需人工判断', 应为: award.minimum };
      return [
        finding(
          'award_level_below',
          { requirement, material, location: cell.location, seen: cell.text, words },
          notice,
        ),
      ];
    });
  });
