import { squeeze } from '../text/squeeze.ts';
import { type Check, filledForms, finding } from './check.ts';

/** Last year's template filled once more: its heading names another year than this round's. */
export const formOlderYear: Check = (application, { notice }) =>
  filledForms(application, notice).flatMap(({ requirement, material, form }) => {
    const titles = form.definition.titles.map(squeeze);
    const dated = form.headings.find(({ text }) => {
      const bare = squeeze(text);
      const year = /(20\d\d)年?度?/.exec(bare)?.[1];
      const isHeading = titles.some((title) => bare.includes(title)) || /^\(?20\d\d年?度?\)?$/.test(bare);
      return isHeading && year !== undefined && Number(year) !== notice.year;
    });
    return dated
      ? [
          finding(
            'form_older_year',
            { requirement, material, location: dated.location, seen: dated.text, words: { 应为: notice.year } },
            notice,
          ),
        ]
      : [];
  });
