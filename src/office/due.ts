import { atOfficeTime, machineNow } from '../clock.ts';
import { mayGo } from '../letters/smtp/pace.ts';
import type { Job } from '../queue/job.ts';
import type { Db } from '../store/database.ts';
import { handedSince, lettersToSend } from '../store/delivery.ts';
import { digestMade } from '../store/digests.ts';
import { messagesToTakeIn } from '../store/messages.ts';
import { recall } from '../store/office-state.ts';
import { outboxState } from '../store/stop.ts';
import type { Books } from './books.ts';
import { digestDayDue } from './digest-day.ts';
import type { Looks } from './looks.ts';

/** What is due now and by whom; the queue may have been wiped, the rows have not (design rule 8). */
export async function dueJobs(books: AtWork): Promise<Job[]> {
  const { db } = books;
  const mails = await intakeDue(db);
  const day = isCatchingUp(books, mails.length) ? null : await digestDue(books);
  const digest = day === null ? [] : [{ kind: 'digest' as const, row: day.replaceAll('-', ''), generation: 0 }];
  return [...mails, ...(await dueLetters(books)), ...digest];
}

/** Mails that can be taken in now, oldest first. */
export const intakeDue = async (db: Db): Promise<Job[]> =>
  (await messagesToTakeIn(db, machineNow())).map(({ id, generation }) => ({ kind: 'intake', row: id, generation }));

async function dueLetters(books: AtWork): Promise<Job[]> {
  const { db, clock, settings, looks } = books;
  if (!settings.smtpUrl || !(await mayDeliver(books)).now) return [];
  const letters = await lettersToSend(db, { office: looks.mayLeaveUpTo(clock.now()), machine: machineNow() });
  return letters.map(({ id, generation }) => ({ kind: 'deliver', row: id, generation }));
}

const catchingUpMs = 10 * 60_000;

/** When the office opens in the morning the mail of the night comes first: a digest without it would tell staff of nothing. */
function isCatchingUp({ looks, since }: AtWork, waitingMails: number): boolean {
  const openMs = machineNow().getTime() - since.getTime();
  return openMs < catchingUpMs && (looks.areUnderWay() || waitingMails > 0);
}

/** The day whose digest is still to be made: the latest, and none of an hour before the office opened. */
async function digestDue({ db, clock, settings }: Books): Promise<string | null> {
  const day = digestDayDue(clock.now(), settings.digestAt);
  const opened = await recall(db, 'opened_at');
  if (opened === null || atOfficeTime(day, settings.digestAt) <= new Date(opened)) return null;
  return (await digestMade(db, day)) ? null : day;
}

const dayMs = 24 * 3_600_000;

/** Whether a letter may leave now: not stopped, not paused by the provider, within the pace. Machine time. */
export async function mayDeliver({
  db,
  settings,
}: Pick<Books, 'db' | 'settings'>): Promise<{ now: boolean; waitUntil: Date | null }> {
  const { isStopped, pausedUntil } = await outboxState(db);
  if (isStopped) return { now: false, waitUntil: null };
  const now = machineNow();
  if (pausedUntil !== null && pausedUntil > now) return { now: false, waitUntil: pausedUntil };
  const { lettersPerMinute: perMinute, lettersPerDay: perDay } = settings;
  if (perMinute === 0 && perDay === 0) return { now: true, waitUntil: null };
  return mayGo({ perMinute, perDay, sentAt: await handedSince(db, new Date(now.getTime() - dayMs)), now });
}

/** Hands everything due to the queue: at the start, every half minute, and whenever office time jumps. */
export async function sweepDue(office: AtWork & WithQueue): Promise<number> {
  const jobs = await dueJobs(office);
  if (jobs.length > 0) await office.queue.add(jobs);
  return jobs.length;
}

/** The letters alone: after every mail taken in, which may have let go one that waited for it. */
export async function sweepLetters(office: AtWork & WithQueue): Promise<void> {
  const jobs = await dueLetters(office);
  if (jobs.length > 0) await office.queue.add(jobs);
}

type AtWork = Books & { looks: Looks; since: Date };
type WithQueue = { queue: { add: (jobs: Job[]) => Promise<void> } };
