import type { Clock } from '../clock.ts';
import { silentLog } from '../log.ts';
import { type Books, booksInUse, openBooks, rehearsalAt } from '../office/books.ts';
import { readSettings } from '../settings.ts';
import { recall } from '../store/office-state.ts';

/** Opens the books for one command and closes them after it; says so when they are the rehearsal's. */
export async function withBooks(work: (books: Books) => Promise<number>): Promise<number> {
  const { settings, rehearsal } = booksInUse(readSettings());
  if (rehearsal) console.error('（演练数据：没有设置 IMAP_URL，以下是样例批次的内容）');
  const opened = await openBooks(settings, silentLog, { rehearsal });
  try {
    return await work(rehearsal ? { ...opened, clock: await clockOf(opened) } : opened);
  } finally {
    await opened.close();
  }
}

/** In the rehearsal's books it is as late as the rehearsal has come. */
async function clockOf({ db, clock }: Books): Promise<Clock> {
  const at = await recall(db, rehearsalAt);
  return at === null ? clock : { now: () => new Date(at) };
}

/** Prints data as JSON, or as a person reads it. */
export function print(isJson: boolean, data: unknown, text: () => string): number {
  console.log(isJson ? JSON.stringify(data, null, 2) : text());
  return 0;
}
