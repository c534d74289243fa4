import { machineNow } from '../clock.ts';
import { silentLog } from '../log.ts';
import type { Settings } from '../settings.ts';
import { connectDatabase, type Db } from '../store/database.ts';
import { officeAtWork } from '../store/office-lock.ts';
import { rememberedAt } from '../store/office-state.ts';
import { notedAddress } from '../store/postgres/note.ts';
import { booksInUse } from './books.ts';
import { withinTime } from './doctor/time-limit.ts';

/** `said`: one line, Chinese. */
export type Health = { ok: boolean; said: string };

const answerMs = 5_000;
const minuteMs = 60_000;

/** How old the last poll may be while the office works: three polls, and never less than a slow round of the mailbox. */
export const pollLimitMs = ({ pollSeconds }: Pick<Settings, 'pollSeconds'>) =>
  Math.max(5 * minuteMs, 3 * pollSeconds * 1_000);

/**
 * Whether an office works on these books and fetches its mail in time, for whoever supervises it. Asks the database
 * alone: it is run every minute, and a mail provider counts logins. Starts and makes nothing.
 */
export async function readHealth(given: Settings, now: Date = machineNow()): Promise<Health> {
  const { settings, rehearsal } = booksInUse(given);
  try {
    const url = settings.databaseUrl ?? notedAddress(settings.dataDir);
    if (url === null) return notRunning(rehearsal);
    const { db, close } = connectDatabase(url, silentLog);
    const looking = look(db, rehearsal, pollLimitMs(settings), now);
    const health = withinTime(answerMs, looking, () => new Error(`等了 ${answerMs / 1_000} 秒`));
    return await health.finally(() => void close()); // not waited for: a server that hangs hangs the goodbye too
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException; // whatever it is, no office can work on such a database
    return ill(`数据库没有应答（${code ?? message}）`);
  }
}

async function look(db: Db, rehearsal: boolean, limitMs: number, now: Date): Promise<Health> {
  const office = await officeAtWork(db);
  if (office === null) return notRunning(rehearsal);
  if (rehearsal) return well('演练正在运行'); // when its July is over it polls no more
  const polledAt = await rememberedAt(db, 'last_poll');
  const since = office.since ?? now; // null: it left while we looked
  const hasPolled = polledAt !== null && (polledAt > since || since > now); // it began before the clock was set back
  const quietMs = quietSince(hasPolled ? polledAt : since, now);
  const minutes = Math.floor(quietMs / minuteMs);
  if (quietMs > limitMs) return ill(`受理系统正在运行，但已有 ${minutes} 分钟没有收成，请运行 npx shouli doctor`);
  const ago = minutes < 1 ? '刚刚' : `${minutes} 分钟前`;
  return well(hasPolled ? `受理系统正在运行，${ago}收过信` : `受理系统${ago}启动，还没有收成过`);
}

/** A poll of the future was before the clock was set back, and none has succeeded since: each writes its time anew. */
export const quietSince = (polledAt: Date, now: Date) => Math.abs(now.getTime() - polledAt.getTime());

const notRunning = (rehearsal: boolean) => ill(`${rehearsal ? '演练' : '受理系统'}没有在运行`);
const well = (seen: string): Health => ({ ok: true, said: `正常：${seen}` });
const ill = (seen: string): Health => ({ ok: false, said: `不正常：${seen}` });
