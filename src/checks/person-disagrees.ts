import type { FieldValue } from '../forms/form.ts';
import { readSex } from '../forms/values/count.ts';
import { dateOf } from '../forms/values/date.ts';
import { readSkillLevel } from '../forms/values/level.ts';
import type { FieldType } from '../notice/form-schema.ts';
import type { Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';
import { type Check, type CurrentForm, filledForms, finding } from './check.ts';

type Said = CurrentForm & { field: FieldValue; type: FieldType };

/** The same person everywhere: what the round lists under `sameEverywhere` must agree; both places are shown. */
export const personDisagrees: Check = (application, { notice }) => {
  const forms = filledForms(application, notice);
  return notice.sameEverywhere.flatMap((key) => {
    const said = forms.flatMap((current) => sayings(current, key));
    const [first, ...others] = said;
    const other = first && others.find((each) => !agree(first, each, notice));
    if (!first || !other) return [];
    const label = other.form.definition.fields.find((field) => field.key === key)?.label ?? key;
    const words = {
      栏目: label,
      应为: first.field.text,
      另一文件: first.material.file.split('/').at(-1) ?? '',
      另一位置: first.field.location,
    };
    return [
      finding(
        'person_disagrees',
        {
          requirement: other.requirement,
          material: other.material,
          location: other.field.location,
          seen: other.field.text,
          words,
        },
        notice,
      ),
    ];
  });
};

function sayings(current: CurrentForm, key: string): Said[] {
  const field = current.form.fields.find((found) => found.key === key && !found.blank);
  const type = current.form.definition.fields.find((definition) => definition.key === key)?.type;
  return field && type ? [{ ...current, field, type }] : [];
}

/** Whether two spellings can mean the same; what cannot be read is not held against anyone. */
function agree(a: Said, b: Said, { words }: Notice): boolean {
  const [first, second] = [squeeze(a.field.text), squeeze(b.field.text)];
  if (a.type === 'sex') return (readSex(first) ?? readSex(second)) === (readSex(second) ?? readSex(first));
  if (a.type === 'birth' || a.type === 'date') {
    const [one, other] = [dateOf(a.field), dateOf(b.field)];
    return (
      !one ||
      !other ||
      (one.year === other.year && (one.month === null || other.month === null || one.month === other.month))
    );
  }
  if (a.type === 'skill_level') {
    const [one, other] = [readSkillLevel(first, words.values), readSkillLevel(second, words.values)];
    return !one || !other || one.rank === other.rank;
  }
  return first.includes(second) || second.includes(first); // 某某公司 / 某某公司一车间
}
