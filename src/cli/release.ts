import { userInfo } from 'node:os';
import { Failure } from '../errors.ts';
import { heldLetters, releaseHeld } from '../store/delivery.ts';
import { hasFlag, readWords } from './arguments.ts';
import { withBooks } from './with-books.ts';

/** `shouli release LETTER…|--all`: a person presses send on letters that wait for one. */
export async function releaseCommand(given: string[]): Promise<number> {
  const words = readWords(given, { all: 'flag' });
  const ids = words.flatMap((word) => (word.kind === 'file' ? [Number(word.file)] : []));
  if (ids.some((id) => !Number.isSafeInteger(id)) || (ids.length === 0 && !hasFlag(words, 'all')))
    throw new Failure('usage', '请写出信件序号（见 npx shouli letters），或用 --all 发出全部待人工发送的信');
  return withBooks(async ({ db, journal }) => {
    const released = await heldLetters(db, hasFlag(words, 'all') ? 'all' : ids);
    const by = userInfo().username;
    await journal.write(...released.map((messageId) => ({ event: 'released' as const, messageId, by })));
    await releaseHeld(db, released);
    console.log(released.length > 0 ? `已交付发送 ${released.length} 封，半分钟内发出。` : '没有等待人工发送的信。');
    return released.length > 0 ? 0 : 1;
  });
}
