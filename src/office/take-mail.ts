import { machineNow } from '../clock.ts';
import { Failure } from '../errors.ts';
import { recordTaken } from '../intake/record.ts';
import { step } from '../steps.ts';
import { isPassing } from '../store/away.ts';
import { failMessage, type WaitingMessage, waitingMessage } from '../store/messages.ts';
import type { Office } from './office.ts';
import type { Turn } from './turns.ts';

const minuteMs = 60_000;
/** A passing trouble (disk, database, a stopped reader) is waited out; what fails so often needs a person. */
const maxAttempts = 5;

/** Takes one mail in, from its raw bytes to the record, and asks for the letters that fall due. */
export async function takeMail(office: Office, id: number, generation: number): Promise<void> {
  const message = await waitingMessage(office.db, id, generation);
  if (!message) return;
  const turn = office.turns.enter(message);
  try {
    step('intake: begun');
    await record(office, message, turn).catch((error) => fail(office, message, error));
    step('intake: recorded');
    office.letterSweeps.soon();
  } finally {
    turn.leave();
  }
}

async function record(office: Office, message: WaitingMessage, turn: Turn): Promise<void> {
  const taken = await office.mailReader.read(message);
  step('intake: understood');
  await turn.mine();
  await recordTaken(taken, message, office.recorder);
}

/**
 * The mail stays in the ledger with what went wrong; it is never lost and never blocks the next one. For a trouble of the
 * database it cannot answer: that is thrown on, and the sweep brings the mail again.
 */
async function fail({ db, log, journal }: Office, message: WaitingMessage, error: unknown): Promise<void> {
  if (isPassing(error)) throw error;
  const { id, identity, generation, attempts } = message;
  const isTemporary = error instanceof Failure && error.kind === 'temporary' && attempts + 1 < maxAttempts;
  const reason = error instanceof Failure ? error.forPerson : '处理时出错，请联系管理员查看日志';
  const nextTryAt = isTemporary ? new Date(machineNow().getTime() + minuteMs * 2 ** attempts) : null;
  log.error({ message: id, reason: error instanceof Error ? error.stack : String(error) }, 'intake failed');
  const failed = { stage: '读取和登记', reason, nextTryAt: nextTryAt?.toISOString() ?? null };
  const at = await journal.write({ event: 'not_taken', identity, generation, failed });
  await failMessage(db, id, { ...failed, nextTryAt, at });
}
