import { isBlank } from '../forms/blank.ts';
import { rowsOf } from '../forms/form.ts';
import { readPatentType } from '../forms/values/level.ts';
import { readPatentNumber } from '../forms/values/patent-number.ts';
import type { ColumnDefinition, FieldType } from '../notice/form-schema.ts';
import { type Check, filledForms, finding } from './check.ts';

/** Clause 七（三）: each patent's number can be one, says the kind that is stated, and is 发明 or 实用新型. */
export const patents: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const columns = form.definition.tables[0]?.columns ?? [];
    const [numberColumn, typeColumn] = [columnOf(columns, 'patent_number'), columnOf(columns, 'patent_type')];
    if (!numberColumn) return [];
    return rowsOf(form).flatMap((row) => {
      const number = row.cells[numberColumn.key];
      const type = typeColumn ? row.cells[typeColumn.key] : undefined;
      const stated = type ? readPatentType(type.text, notice.words.values) : null;
      const read =
        number && !isBlank(number.text, 'patent_number', notice.words.values) ? readPatentNumber(number.text) : null;
      const about = { requirement, material, words: { 行: `第${row.ordinal}项` } };
      if (number && read?.kind === 'invalid')
        return [
          finding(
            'patent_number_invalid',
            { ...about, location: number.location, seen: number.text, words: { ...about.words, 原因: read.reason } },
            notice,
          ),
        ];
      const shown = read?.kind === 'valid' ? read.type : null;
      if (shown === '外观设计' || stated === '外观设计')
        return [
          finding(
            'design_patent',
            { ...about, location: (type ?? number)?.location ?? null, seen: (type ?? number)?.text ?? null },
            notice,
          ),
        ];
      if (!type || !stated || !shown || stated === shown) return [];
      return [
        finding(
          'patent_type_disagrees',
          { ...about, location: type.location, seen: type.text, words: { ...about.words, 应为: shown } },
          notice,
        ),
      ];
    });
  });

const columnOf = (columns: readonly ColumnDefinition[], type: FieldType) =>
  columns.find((column) => column.type === type);
