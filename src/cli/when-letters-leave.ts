import { officeIso } from '../clock.ts';
import type { Books } from '../office/books.ts';
import { mayDeliver } from '../office/due.ts';
import { officeAtWork } from '../store/office-lock.ts';
import { stoppedFor } from '../store/stop.ts';

/** What becomes of a letter that is due now, in Chinese: never that it leaves soon while something stands against it. */
export async function whenLettersLeave(books: Pick<Books, 'db' | 'settings'>): Promise<string> {
  const { db, settings } = books;
  if (!settings.smtpUrl) return '没有设置 SMTP_URL，现在发不出去，信留在待发。';
  if ((await stoppedFor(db)) !== null) return '现在停止发信，恢复后才会发出：npx shouli resume';
  if (!(await officeAtWork(db))) return '受理系统没有在运行，启动后才会发出：npm start';
  const { waitUntil } = await mayDeliver(books);
  return waitUntil ? `要等到 ${officeIso(waitUntil).slice(11, 16)} 以后陆续发出。` : '半分钟内开始发出。';
}
