import { officeIso } from '../clock.ts';
import { officeFacts } from '../office/facts.ts';
import { dutiesOf } from '../reports/duties.ts';
import { hasFlag, readWords } from './arguments.ts';
import { print, withBooks } from './with-books.ts';

/** `shouli queue [--json]`: all that awaits a person, most urgent first. */
export async function queueCommand(given: string[]): Promise<number> {
  const words = readWords(given, { json: 'flag' });
  return withBooks(async (books) => {
    const duties = dutiesOf(await officeFacts(books));
    const data = duties.map((duty) => ({
      ...duty,
      since: officeIso(duty.since),
      due: duty.due ? officeIso(duty.due) : null,
    }));
    const lines = duties.map(({ text, command }, index) => `${index + 1}. ${text}\n   ${command}`);
    return print(hasFlag(words, 'json'), data, () =>
      lines.length > 0 ? lines.join('\n') : '没有等待人工处理的事项。',
    );
  });
}
