import { resumeLetters, stopLetters } from '../store/stop.ts';
import { readWords } from './arguments.ts';
import { whoIsHere } from './person.ts';
import { whenLettersLeave } from './when-letters-leave.ts';
import { withBooks } from './with-books.ts';

/** `shouli hold`: from now on no letter leaves, whatever is due. */
export async function holdCommand(given: string[]): Promise<number> {
  readWords(given, {});
  return withBooks(async ({ db, journal }) => {
    await stopLetters(db, journal, '人工停止', whoIsHere());
    console.log('已停止发信。收件和核对照常进行，信件留在待发。恢复：npx shouli resume');
    return 0;
  });
}

/** `shouli resume`: letters leave again when they are due. */
export async function resumeCommand(given: string[]): Promise<number> {
  readWords(given, {});
  return withBooks(async (books) => {
    await resumeLetters(books.db, books.journal, whoIsHere());
    console.log(`已恢复发信。到期的信：${await whenLettersLeave(books)}`);
    return 0;
  });
}
