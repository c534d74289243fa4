import { Failure } from '../errors.ts';
import type { Books } from '../office/books.ts';
import { sweepDue } from '../office/due.ts';
import type { Office } from '../office/office.ts';
import type { Settings } from '../settings.ts';
import { listStaff } from '../store/desk/staff.ts';
import { type Console, openConsole } from './console.ts';

/** Where the console is opened in a browser on this computer. */
export const consoleUrl = ({ consoleHost, consolePort }: Settings) =>
  `http://${consoleHost === '0.0.0.0' ? '127.0.0.1' : consoleHost}:${consolePort}`;

/**
 * Opens the console beside the office's work. A port that cannot be had is an alarm and a line in the terminal: mail is
 * fetched and answered all the same.
 */
export async function openConsoleBeside(office: Office): Promise<Pick<Console, 'close'>> {
  const nudge = () => void sweepDue(office).catch((error: unknown) => office.setbacks.note(error)); // the sweep comes again
  try {
    const desk = await openConsole(office, nudge);
    await office.alarm('console', null);
    console.log(await welcome(office, desk.url));
    return desk;
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.forPerson);
    await office.alarm('console', error.forPerson);
    return { close: async () => {} };
  }
}

/** What to tell whoever watches the terminal. */
export async function welcome({ db, rehearsal }: Books, url: string): Promise<string> {
  const staff = await listStaff(db);
  const first = '还没有账号，请先添加管理员：npx shouli users add 姓名 --role 管理员';
  return `审核台：${url}${staff.length === 0 && !rehearsal ? `（${first}）` : ''}`;
}
