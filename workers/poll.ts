import { Failure } from '../src/errors.ts';
import { sweepDue } from '../src/office/due.ts';
import type { Office } from '../src/office/office.ts';
import { step } from '../src/steps.ts';
import { listMessages } from '../src/store/lists.ts';
import { remember } from '../src/store/office-state.ts';

/**
 * Reads what is new in the mailbox into the ledger and hands it on. A failure is an alarm until a poll succeeds again.
 *
 * @returns whether the mailbox answered
 */
export async function poll(office: Office): Promise<boolean> {
  const { mailbox, clock, db, log } = office;
  if (!mailbox) return true;
  try {
    const found = await mailbox.poll();
    await remember(db, 'last_poll', clock.now().toISOString());
    await office.alarm('mailbox', null);
    for (const { fromName, from, subject } of await listMessages(db, found.kept))
      office.tell(`收到  ${fromName || from}《${subject.slice(0, 40)}》`);
    step('poll: before the queue');
    await sweepDue(office);
    return true;
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'poll failed');
    const said = error instanceof Failure ? error.forPerson : '读取邮箱时出错，请联系管理员查看日志';
    await office.alarm('mailbox', said).catch(() => log.warn('database away, alarm not kept')); // tried again at the next poll
    return false;
  }
}

/** Polls until told to stop: at once when the server says that something came, else every POLL_SECONDS. */
export async function keepPolling(office: Office, signal: AbortSignal): Promise<void> {
  while (office.mailbox && !signal.aborted) {
    await poll(office);
    await office.mailbox.waitForNews(office.settings.pollSeconds * 1000, signal);
  }
}
