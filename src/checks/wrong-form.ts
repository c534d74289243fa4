import { materialsOf } from '../application/application.ts';
import { currentOf } from '../application/current.ts';
import type { Form } from '../forms/form.ts';
import type { Notice } from '../notice/notice.ts';
import { squeeze } from '../text/squeeze.ts';
import { type Check, filledForms, finding, nameOf } from './check.ts';

/**
 * Another campaign's form in the place of this round's (its title, or where there is none a heading, names another
 * honour), or a file named as one list whose content is the other. Told apart from "missing": the union believes that
 * it has sent the thing.
 */
export const wrongForm: Check = (application, { notice }) => {
  const foreign = filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const heading = otherHonourIn(form, notice);
    return heading
      ? [
          finding(
            'wrong_form',
            { requirement, material, location: heading.location, seen: heading.text, words: { 标题: heading.text } },
            notice,
          ),
        ]
      : [];
  });
  const misnamed = notice.requirements.flatMap((requirement) => {
    if (currentOf(application, requirement.code).form) return [];
    const material = materialsOf(application).find(({ namedAs }) => namedAs === requirement.code);
    const title = material?.form?.definition.titles[0] ?? '';
    return material
      ? [finding('wrong_form', { requirement, material, seen: nameOf(material.file), words: { 标题: title } }, notice)]
      : [];
  });
  return [...foreign, ...misnamed];
};

/** The heading by which a form is another campaign's (五一劳动奖章推荐审批表), or null. */
export function otherHonourIn({ title, headings }: Form, { honour, words }: Notice): Form['headings'][number] | null {
  const isOther = ({ text }: Form['headings'][number]) => {
    const bare = squeeze(text);
    return !bare.includes(honour) && words.values.otherHonours.some((other) => bare.includes(other));
  };
  return (title ? [title] : headings).find(isOther) ?? null;
}
