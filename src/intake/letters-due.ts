import type { CheckedApplication } from '../application/application.ts';
import { chooseLetter } from '../letters/choose.ts';
import type { Letter, LetterChoice } from '../letters/letter.ts';
import { writeLetter } from '../letters/write.ts';
import type { Notice } from '../notice/notice.ts';

export type LetterDue = { application: CheckedApplication; choice: LetterChoice; letter: Letter };

/** An application has no number before it is recorded; letters shown by `check` say so. */
const notYetNumbered = '待编号';

/** One letter for each application, as it stands at `now` with the quiet period over. Nobody to write to: none. */
export function lettersDue(applications: readonly CheckedApplication[], notice: Notice, now: Date): LetterDue[] {
  return applications
    .map((application) => {
      const choice = chooseLetter(application, notice, now);
      return { application, choice, letter: writeLetter(application, choice, notYetNumbered, notice) };
    })
    .filter(({ letter }) => letter.to !== '');
}
