import type { Application } from '../application/application.ts';
import { officeDay } from '../clock.ts';
import { isBlank, isNone } from '../forms/blank.ts';
import { type FieldValue, rowsOf, type Value } from '../forms/form.ts';
import { dateOf, isAfter, type PartialDate } from '../forms/values/date.ts';
import { readPatentNumber } from '../forms/values/patent-number.ts';
import type { FieldType } from '../notice/form-schema.ts';
import { type Check, type CheckContext, type CurrentForm, filledForms, finding } from './check.ts';

/** Dates that cannot be: none at all, after the mail that states them, at an impossible age, a grant before its filing. */
export const dateImplausible: Check = (application, context) =>
  filledForms(application, context.notice).flatMap((current) => [
    ...fields(current, application, context),
    ...rows(current, application, context),
  ]);

function fields({ requirement, material, form }: CurrentForm, application: Application, { notice }: CheckContext) {
  return form.definition.fields.flatMap(({ key, type, label }) => {
    const field =
      type === 'birth' || type === 'date'
        ? form.fields.find((found: FieldValue) => found.key === key && !found.blank)
        : undefined;
    const reason =
      field && !isNone(field.text, notice.words.values) ? reasonAgainst(field, type, application, null) : null;
    return field && reason
      ? [
          finding(
            'date_implausible',
            {
              requirement,
              material,
              location: field.location,
              seen: field.text,
              words: { 栏目: label, 行: '', 原因: reason },
            },
            notice,
          ),
        ]
      : [];
  });
}

function rows({ requirement, material, form }: CurrentForm, application: Application, { notice }: CheckContext) {
  const columns = form.definition.tables[0]?.columns ?? [];
  const numberColumn = columns.find(({ type }) => type === 'patent_number');
  return rowsOf(form).flatMap((row) =>
    columns
      .filter(({ type }) => type === 'date')
      .flatMap(({ key, label, type }) => {
        const cell = row.cells[key];
        if (!cell || isBlank(cell.text, type, notice.words.values) || isNone(cell.text, notice.words.values)) return [];
        const number = numberColumn ? readPatentNumber(row.cells[numberColumn.key]?.text ?? '') : null;
        const reason = reasonAgainst(cell, type, application, number?.kind === 'valid' ? number.filed : null);
        return reason
          ? [
              finding(
                'date_implausible',
                {
                  requirement,
                  material,
                  location: cell.location,
                  seen: cell.text,
                  words: { 栏目: label, 行: `第${row.ordinal}项`, 原因: reason },
                },
                notice,
              ),
            ]
          : [];
      }),
  );
}

function reasonAgainst(
  value: Value,
  type: FieldType,
  application: Application,
  filedYear: number | null,
): string | null {
  const date = dateOf(value);
  const today = officeDay(application.lastReceivedAt);
  if (!date) return '看不出日期';
  if (isAfter(date, today)) return '晚于收到材料的日期';
  if (type === 'birth') return ageReason(today, date);
  return filedYear !== null && date.year < filedYear ? `早于专利号所示的申请年份${filedYear}` : null;
}

/** Below 16 nobody may be employed (Labour Law, art. 15); above 80 it is a slip of the pen. */
function ageReason(today: PartialDate, birth: PartialDate): string | null {
  const age = today.year - birth.year;
  return age < 16 || age > 80 ? `按此推算为${age}岁` : null;
}
