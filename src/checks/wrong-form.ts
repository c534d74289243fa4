import { materialsOf } from '../application/application.ts';
import { currentOf } from '../application/current.ts';
import { squeeze } from '../text/squeeze.ts';
import { type Check, filledForms, finding, nameOf } from './check.ts';

/**
 * Another campaign's form in the place of this round's (its title, or where there is none a heading, names another
 * honour), or a file named as one list whose content is the other. Told apart from "missing": the union believes that
 * it has sent the thing.
 */
export const wrongForm: Check = (application, { notice }) => {
  const foreign = filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const heading = (form.title ? [form.title] : form.headings).find(({ text }) => namesOtherHonour(text));
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

  function namesOtherHonour(text: string): boolean {
    const bare = squeeze(text);
    return !bare.includes(notice.honour) && notice.words.values.otherHonours.some((honour) => bare.includes(honour));
  }
};
