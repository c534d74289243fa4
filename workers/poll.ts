import { setTimeout as sleep } from 'node:timers/promises';
import { machineNow, sayMoment } from '../src/clock.ts';
import { Failure } from '../src/errors.ts';
import { MailboxFailure, type MailboxTrouble } from '../src/mailbox/failure.ts';
import { sweepDue } from '../src/office/due.ts';
import { pollLimitMs } from '../src/office/health.ts';
import type { Office } from '../src/office/office.ts';
import { step } from '../src/steps.ts';
import { isAway, isPassing } from '../src/store/away.ts';
import { listMessages } from '../src/store/message-list.ts';
import { remember, rememberedAt } from '../src/store/office-state.ts';
import { kindOf, reasonOf } from '../src/troubles.ts';
import { notNow } from './sweep.ts';

/** While the database is away it is asked for this often; the mail server hears no more than a SELECT. */
const awayMs = 1_000;

/**
 * Reads what is new in the mailbox into the ledger and hands it on. A failure that waiting does not mend is an alarm at
 * once, another when polls are overdue, until one succeeds again: lines break every night, and staff who read of each
 * read none.
 *
 * @returns whether the mailbox answered
 */
export async function poll(office: Office): Promise<boolean> {
  return (await tryPoll(office)) === null;
}

/** Polls until told to stop: at once when the server says that something came, else every POLL_SECONDS. */
export async function keepPolling(office: Office, signal: AbortSignal): Promise<void> {
  while (office.mailbox && !signal.aborted) {
    const error = await tryPoll(office);
    if (isAway(error))
      await sleep(awayMs, undefined, { signal }).catch(() => undefined); // told to stop
    else await office.mailbox.waitForNews(office.settings.pollSeconds * 1000, signal);
  }
}

/** @returns what went wrong, or null */
async function tryPoll(office: Office): Promise<unknown> {
  const end = office.looks.begin(office.clock.now());
  try {
    await readMailbox(office);
    end(true);
  } catch (error) {
    await tell(office, error);
    return error;
  } finally {
    end(false);
  }
  step('poll: before the queue');
  await sweepDue(office).catch((error: unknown) => notNow(office, error)); // no trouble of the mailbox's
  return null;
}

async function readMailbox({ mailbox, clock, db, alarm, tell: say, troubles: { polls } }: Office): Promise<void> {
  if (!mailbox) return;
  const { kept, troubles } = await mailbox.poll();
  await remember(db, 'last_poll', clock.now().toISOString());
  for (const trouble of troubles) polls.met(trouble.trouble, { reason: trouble.message });
  if (troubles.length === 0) polls.over();
  await alarm('mailbox', troubles[0]?.forPerson ?? null);
  for (const { fromName, from, subject } of await listMessages(db, kept))
    say(`收到  ${fromName || from}《${subject.slice(0, 40)}》`);
}

async function tell(office: Office, error: unknown): Promise<void> {
  const { setbacks, alarm, troubles } = office;
  if (!setbacks.note(error)) troubles.polls.met(kindOf(error), { reason: reasonOf(error) });
  if (isPassing(error)) return; // the database's trouble, and none of the mailbox
  try {
    const text = await alarmOf(office, error);
    if (text !== null) await alarm('mailbox', text);
  } catch (trouble) {
    setbacks.note(trouble); // it is raised at the next poll
  }
}

const ofTheLine: MailboxTrouble[] = ['dropped', 'unreachable', 'refused'];

/** What staff are told of a failed poll; null while it may still pass by itself. */
async function alarmOf({ db, since, settings, troubles }: Office, error: unknown): Promise<string | null> {
  const said = error instanceof Failure ? error.forPerson : '读取邮箱时出错，请联系管理员查看日志';
  if (!(error instanceof MailboxFailure) || !ofTheLine.includes(error.trouble)) return said;
  const polledAt = await rememberedAt(db, 'last_poll');
  const last = polledAt !== null && polledAt > since ? polledAt : since;
  const now = machineNow().getTime();
  const quietMs = Math.max(now - last.getTime(), troubles.polls.lastingMs()); // a clock set back makes the last poll future
  if (quietMs < pollLimitMs(settings)) return null;
  return `${sayMoment(new Date(now - quietMs))}以后没有收成过信。${said}`;
}
