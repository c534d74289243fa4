import { currentOf } from '../application/current.ts';
import { type Form, rowsOf, type Value } from '../forms/form.ts';
import { readCount } from '../forms/values/count.ts';
import { readAwardLevel, readPatentType } from '../forms/values/level.ts';
import type { FieldDefinition } from '../notice/form-schema.ts';
import type { Notice } from '../notice/notice.ts';
import { type Check, filledForms, finding } from './check.ts';

type Counted = NonNullable<FieldDefinition['countsRowsOf']>;

/** Annex 4 states numbers that annexes 2 and 3 list one by one: the comparison staff do by hand. */
export const countDisagrees: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) =>
    form.definition.fields.flatMap(({ key, label, countsRowsOf, under }) => {
      const field = form.fields.find((found) => found.key === key && !found.blank);
      const list = countsRowsOf ? currentOf(application, countsRowsOf.requirement).form?.form : null;
      const stated = field ? readCount(field.text, notice.words.values.none) : null;
      const listed = countsRowsOf && list && !list.blank ? countRows(list, countsRowsOf, notice) : null;
      if (!field || !countsRowsOf || !list || stated === null || listed === null || stated === listed) return [];
      const words = {
        栏目: under?.[0] ? `${under[0]} ${label}` : label,
        对照: `${list.definition.titles[0]}所列${countsRowsOf.is ?? ''}`,
        应为: `${listed}项`,
      };
      return [
        finding(
          'count_disagrees',
          { requirement, material, location: field.location, seen: field.text, words },
          notice,
        ),
      ];
    }),
  );

/** The rows that the number counts; null when one of them cannot be sorted, so that nothing is claimed. */
function countRows(list: Form, { column, is }: Counted, notice: Notice): number | null {
  const rows = rowsOf(list);
  if (!column || !is) return rows.length;
  const type = list.definition.tables[0]?.columns.find(({ key }) => key === column)?.type;
  const values = rows.map(({ cells }) => wordFor(cells[column], type, notice));
  return values.includes(null) ? null : values.filter((value) => value === is).length;
}

function wordFor(cell: Value | undefined, type: string | undefined, { words }: Notice): string | null {
  if (!cell) return null;
  if (type === 'award_level') return readAwardLevel(cell.text, words.values)?.level ?? null;
  return type === 'patent_type' ? readPatentType(cell.text, words.values) : cell.text;
}
