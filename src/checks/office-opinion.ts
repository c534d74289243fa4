import { withoutPlaceholders } from '../forms/blank.ts';
import { type Check, filledForms, finding } from './check.ts';

/** The office's own box (市总工会意见) is filled by the office: words in it are shown to staff. Names and dates of the seal are printed. */
export const officeOpinion: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) =>
    form.definition.fields.flatMap(({ key, type, label, synonyms }) => {
      const field =
        type === 'office_opinion' ? form.fields.find((found) => found.key === key && !found.blank) : undefined;
      const printed = [
        label,
        ...synonyms,
        ...notice.unionNames.prefixes,
        ...notice.unionNames.suffixes,
        notice.office.name,
        '意见',
        '市',
      ];
      if (!field || withoutPlaceholders(field.text, notice.words.values, printed).replace(/\d+/g, '') === '') return [];
      return [
        finding(
          'office_opinion_filled',
          { requirement, material, location: field.location, seen: field.text.slice(0, 40), words: { 栏目: label } },
          notice,
        ),
      ];
    }),
  );
