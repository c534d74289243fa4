import { readSkillLevel, skillRank } from '../forms/values/level.ts';
import { type Check, filledForms, finding } from './check.ts';

/** Clause 二: 一般应具有高级工以上. "一般" leaves it to people, so this is for staff only; each application tells once. */
export const skillLevel: Check = (application, { notice }) => {
  const { skill } = notice.levels;
  if (!skill) return [];
  const below = filledForms(application, notice).flatMap(({ requirement, material, form }) =>
    form.definition.fields.flatMap(({ key, type }) => {
      const field = type === 'skill_level' ? form.fields.find((found) => found.key === key && !found.blank) : undefined;
      const read = field ? readSkillLevel(field.text, notice.words.values) : null;
      if (!field || !read || read.rank >= skillRank(skill.minimum, notice.words.values)) return [];
      return [
        finding(
          'level_below',
          { requirement, material, location: field.location, seen: field.text, words: { 应为: skill.minimum } },
          notice,
        ),
      ];
    }),
  );
  return below.slice(0, 1);
};
