import { rowsOf } from '../forms/form.ts';
import { saysRank } from '../forms/values/rank.ts';
import { type Check, filledForms, finding } from './check.ts';

/**
 * Clause 七（二）, 七（三） ask for the nominee's own results: a row that leaves open which of the authors he was. Only where
 * this copy has the column; the notice does not ask for it, so staff alone are told.
 */
export const ownRank: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const column = form.definition.tables[0]?.columns.find(({ type }) => type === 'rank');
    if (!column || !form.tables[0]?.columns.includes(column.key)) return [];
    return rowsOf(form).flatMap(({ ordinal, cells }) => {
      const cell = cells[column.key];
      if (!cell || saysRank(cell.text, notice.words.values)) return [];
      const words = { 栏目: column.label, 行: `第${ordinal}项` };
      return [
        finding('rank_unclear', { requirement, material, location: cell.location, seen: cell.text, words }, notice),
      ];
    });
  });
