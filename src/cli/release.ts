import { Failure } from '../errors.ts';
import { performAct } from '../office/act.ts';
import type { Books } from '../office/books.ts';
import { releaseHeld } from '../store/delivery.ts';
import { listLetters } from '../store/letter-list.ts';
import { hasFlag, readWords } from './arguments.ts';
import { whoIsHere } from './person.ts';
import { whenLettersLeave } from './when-letters-leave.ts';
import { withBooks } from './with-books.ts';

/** `shouli release LETTER…|--all`: a person presses send on letters that wait for one. */
export async function releaseCommand(given: string[]): Promise<number> {
  const words = readWords(given, { all: 'flag' }, Number.POSITIVE_INFINITY);
  const ids = words.flatMap((word) => (word.kind === 'file' ? [Number(word.file)] : []));
  if (ids.some((id) => !Number.isSafeInteger(id)) || (ids.length === 0 && !hasFlag(words, 'all')))
    throw new Failure('usage', '请写出信件序号（见 npx shouli letters），或用 --all 发出全部待人工发送的信');
  return withBooks(async (books) => {
    const by = whoIsHere();
    const held = (await listLetters(books.db)).filter(({ state, id }) => {
      return state === 'held' && (hasFlag(words, 'all') || ids.includes(id));
    });
    let gone = held.length;
    if (hasFlag(words, 'all') && held.length > 0) await performAct(books, { kind: 'release_all_held', by }, null);
    else
      for (const { id, number, messageId } of held) {
        const refused = await letGo(books, number, messageId, by);
        if (refused === null) continue;
        console.error(`信件 ${id} 没有放行：${refused}`);
        gone -= 1;
      }
    if (gone > 0) console.log(`已放行 ${gone} 封。${await whenLettersLeave(books)}`);
    else if (held.length === 0) console.log('没有等待人工发送的信。');
    return gone > 0 && gone === held.length ? 0 : 1;
  });
}

/** @returns why it cannot leave any more: a mail came meanwhile, or a colleague was first; null when it was let go */
async function letGo(books: Books, number: string | null, letter: string, by: string): Promise<string | null> {
  if (number === null) {
    const at = await books.journal.write({ event: 'released', messageId: letter, by });
    await releaseHeld(books.db, [letter], at);
    return null;
  }
  const result = await performAct(books, { kind: 'release_letter', number, letter, by }, null);
  if (!('refused' in result)) return null;
  return result.refused === 'invalid' ? result.forPerson : '情况有变化，请重新查看';
}
