import { once } from 'node:events';
import { beginWork, untilIdle } from '../workers/at-work.ts';
import { keepPolling, poll } from '../workers/poll.ts';
import { sweep } from '../workers/sweep.ts';
import { sayMoment } from './clock.ts';
import { withClosing } from './closing.ts';
import { Failure } from './errors.ts';
import { type Log, openLog } from './log.ts';
import { type Books, booksInUse, openBooks } from './office/books.ts';
import { type Office, openOffice } from './office/office.ts';
import { needsRebuilding } from './office/rebuild.ts';
import { summary } from './office/summary.ts';
import type { Run } from './run.ts';
import { readSettings, type Settings } from './settings.ts';
import { takeOfficeLock } from './store/office-lock.ts';
import { openConsoleBeside, welcome } from './web/beside.ts';
import { openConsole } from './web/console.ts';

/** `shouli start`: the real mailbox, or the rehearsal when none is set. Resolves when told to stop, or with `once`. */
export async function start({ once: isOnce, part }: Run): Promise<number> {
  const settings = readSettings();
  const log = openLog(settings.logLevel);
  const signal = stopSignal();
  if (part === 'web') return runConsole(settings, log, signal);
  if (settings.imapUrl !== null) return runOffice(settings, log, { once: isOnce, part, signal });
  const { rehearse } = await import('./rehearsal/rehearse.ts'); // a working office has no use for it
  return rehearse(settings, { once: isOnce, part, signal, log });
}

function runOffice(settings: Settings, log: Log, { once: isOnce, part, signal: stop }: Run & { signal: AbortSignal }) {
  return withClosing(async ({ add }) => {
    const books = add(await openBooks(settings, log));
    const lost = new AbortController();
    add({ close: await lockOrSay(books, () => lost.abort()) });
    await refuseUnbuilt(books);
    const signal = AbortSignal.any([stop, lost.signal]);
    const office = add(await openOffice(books, (line) => console.log(`${sayMoment(books.clock.now())}  ${line}`)));
    if (!isOnce) void office.mailReader.warm(); // while the mailbox is read
    if (part === 'everything' && !isOnce) add(await openConsoleBeside(office));
    // The first look into an old mailbox takes minutes; told to stop, it stops, and the next start goes on from there.
    signal.addEventListener('abort', () => void office.mailbox?.close(), { once: true });
    // Mail first: a letter that fell due while nobody watched must not overtake the mail that made it pointless.
    const endFirstLook = office.looks.begin(books.clock.now());
    add({ close: (await beginWork(office)).stop });
    const isAnswered = await poll(office);
    if (signal.aborted) return 0;
    endFirstLook(isAnswered);
    await sweep(office);
    if (isOnce) return workOnce(office, isAnswered, signal);
    console.log(`受理系统已启动，${watching(office, isAnswered)}。按 Ctrl-C 停止。`);
    await keepPolling(office, signal);
    if (lost.signal.aborted) throw new Failure('permanent', '另一个受理程序接手了这个邮箱，本程序已停止。');
    return 0;
  });
}

/** The review desk alone; the office's work is done by another process, or rests. */
function runConsole(given: Settings, log: Log, signal: AbortSignal): Promise<number> {
  return withClosing(async ({ add }) => {
    const { settings, rehearsal } = booksInUse(given);
    const books = add(await openBooks(settings, log, { rehearsal }));
    const desk = add(await openConsole(books));
    console.log(await welcome(books, desk.url));
    if (!signal.aborted) await once(signal, 'abort');
    return 0;
  });
}

/** @throws Failure (permanent) when another process does the office's work */
async function lockOrSay({ databaseUrl, log }: Books, onTaken: () => void): Promise<() => Promise<void>> {
  const lock = await takeOfficeLock(databaseUrl, log, onTaken);
  if (lock) return lock.release;
  throw new Failure('permanent', '受理系统已经在运行（另一个窗口或后台），不必再启动。查看情况可用：npx shouli queue');
}

/**
 * On a database that was lost every letter of the round would be due once more.
 *
 * @throws Failure (permanent) when the journal knows mails that the database does not
 */
async function refuseUnbuilt(books: Books): Promise<void> {
  if (!(await needsRebuilding(books))) return;
  throw new Failure('permanent', '数据库是空的（或上次重建没有做完），记录簿里却有邮件。请先运行：npx shouli rebuild');
}

/** What it does from now on; never that it watches a mailbox which it cannot read. */
function watching({ mailbox }: Office, isAnswered: boolean): string {
  const account = mailbox?.account ?? '';
  if (isAnswered) return `正在看守邮箱 ${account}`;
  return `但现在读不到邮箱 ${account}，会自动再试；原因和办法请看：npx shouli doctor`;
}

/** Works until nothing is due now, and says what waits until when. */
async function workOnce(office: Office, isAnswered: boolean, signal: AbortSignal): Promise<number> {
  await untilIdle(office, signal);
  if (!isAnswered) console.error('这一次没有读到邮箱，下面只有以前收到的。原因和办法请看：npx shouli doctor');
  console.log(await summary(office));
  return isAnswered ? 0 : 1;
}

/** `npx` hands Ctrl-C on to us, whom the terminal has told already: that is one stop, and leaves the database time to end. */
const sameStopMs = 1_000;

/** Ctrl-C or a service manager's stop; a second one ends at once. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  let toldMs = 0;
  const hear = () => {
    if (controller.signal.aborted && performance.now() - toldMs > sameStopMs) process.exit(130);
    if (controller.signal.aborted) return;
    toldMs = performance.now();
    controller.abort();
  };
  for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, hear);
  return controller.signal;
}
