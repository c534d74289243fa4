import { machineNow } from '../src/clock.ts';
import { Failure } from '../src/errors.ts';
import { recordTaken } from '../src/intake/record.ts';
import { sweepDue } from '../src/office/due.ts';
import type { Office } from '../src/office/office.ts';
import { takeMailIn } from '../src/office/take-mail-in.ts';
import type { Job } from '../src/queue/job.ts';
import { failMessage, type WaitingMessage, waitingMessage } from '../src/store/messages.ts';

const minuteMs = 60_000;
/** A passing trouble (disk, database, a stopped reader) is waited out; what fails so often needs a person. */
const maxAttempts = 5;

/** Takes one mail in, from its raw bytes to the record, and hands on the letters that fall due. */
export async function intake(office: Office, { row, generation }: Job): Promise<void> {
  const message = await waitingMessage(office.db, Number(row), generation);
  if (!message) return;
  const turn = office.turns.enter(message);
  try {
    const taken = await takeMailIn(office, message);
    await turn.mine();
    const letters = await recordTaken(taken, message, office.recorder);
    if (letters.length > 0) await sweepDue(office);
  } catch (error) {
    await fail(office, message, error);
  } finally {
    turn.leave();
  }
}

/** The mail stays in the ledger with what went wrong; it is never lost and never blocks the next one. */
async function fail({ db, log, clock }: Office, { id, attempts }: WaitingMessage, error: unknown): Promise<void> {
  const isTemporary = error instanceof Failure && error.kind === 'temporary' && attempts + 1 < maxAttempts;
  const reason = error instanceof Failure ? error.forPerson : '处理时出错，请联系管理员查看日志';
  const nextTryAt = isTemporary ? new Date(machineNow().getTime() + minuteMs * 2 ** attempts) : null;
  log.error({ message: id, reason: error instanceof Error ? error.stack : String(error) }, 'intake failed');
  await failMessage(db, id, { stage: '读取和登记', reason, nextTryAt, at: clock.now() });
}
