import { userInfo } from 'node:os';
import { clearAlarm, forget, remember } from '../store/office-state.ts';
import { readWords } from './arguments.ts';
import { withBooks } from './with-books.ts';

/** `shouli hold`: from now on no letter leaves, whatever is due. */
export async function holdCommand(given: string[]): Promise<number> {
  readWords(given, {});
  return withBooks(async ({ db, journal }) => {
    await journal.write({ event: 'stopped', by: userInfo().username });
    await remember(db, 'letters_stopped', '人工停止');
    console.log('已停止发信。收件和核对照常进行，信件留在待发。恢复：npx shouli resume');
    return 0;
  });
}

/** `shouli resume`: letters leave again when they are due. */
export async function resumeCommand(given: string[]): Promise<number> {
  readWords(given, {});
  return withBooks(async ({ db, journal }) => {
    await journal.write({ event: 'resumed', by: userInfo().username });
    for (const name of ['letters_stopped', 'outbox_paused_until']) await forget(db, name);
    await clearAlarm(db, 'post');
    console.log('已恢复发信：到期的信件半分钟内发出。');
    return 0;
  });
}
