import { machineNow } from '../clock.ts';
import { Failure } from '../errors.ts';
import { reconsiderLetter } from '../intake/record.ts';
import { afterTries, goesOnAt } from '../letters/smtp/again.ts';
import type { Answer } from '../letters/smtp/answer.ts';
import { composeLetter } from '../letters/smtp/compose.ts';
import { readAddresses } from '../message/addresses.ts';
import { letterWords } from '../reports/say.ts';
import { type ClaimedLetter, claimLetter, type Delivered, overdueDemand, settleDelivery } from '../store/delivery.ts';
import { remember } from '../store/office-state.ts';
import { senderOf } from './books.ts';
import { mayDeliver } from './due.ts';
import type { Office } from './office.ts';

/**
 * Hands one letter to the mail server. The journal knows of it before the server does and hears the answer after, so
 * that a rebuilt database sends nothing twice; what a killed process left in between goes again under the same
 * Message-ID.
 */
export async function deliverLetter(office: Office, id: number, generation: number): Promise<void> {
  const { db, clock, notice, journal, post } = office;
  if (!post || !(await mayDeliver(office)).now) return;
  if (clock.now() >= notice.deadline.cutOff) {
    const application = await overdueDemand(db, id, notice.deadline.cutOff);
    if (application !== null) return reconsiderLetter(application, office.recorder); // no machine demands after the cut-off
  }
  const claimed = await claimLetter(db, id, generation, machineNow());
  if (!claimed) return;
  await journal.write({ event: 'handed', letter: handed(claimed) });
  const result = await hand(office, claimed);
  await journal.write({
    event: 'answered',
    messageId: claimed.letter.messageId,
    outcome: result.state,
    answer: result.answer,
  });
  await settleDelivery(db, id, result);
  const { kind, number, to } = claimed.letter;
  office.tell(
    `${result.state === 'sent' ? '发出' : '未发出'}  ${[letterWords[kind], number, to].filter(Boolean).join(' ')}`,
  );
}

const handed = ({ letter: { messageId, kind, number, to, subject, text }, stateKey }: ClaimedLetter) => ({
  messageId,
  kind,
  number,
  stateKey,
  to,
  subject,
  text,
});

async function hand(office: Office, { letter }: ClaimedLetter): Promise<Delivered> {
  const at = office.clock.now();
  try {
    const from = senderOf(office);
    const raw = await composeLetter(letter, { from, date: at });
    const envelope = { from: readAddresses(from)[0]?.address ?? '', to: letter.to };
    const answer = await office.post?.send(raw, envelope);
    if (!answer) throw new Failure('usage', '没有设置 SMTP_URL，信发不出去');
    await heed(office, answer);
    return resultOf(answer, letter.attempts, at);
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { state: 'failed', at, reason: error.forPerson, answer: error.message };
  }
}

/** What an answer means for all other letters. */
async function heed(office: Office, answer: Answer): Promise<void> {
  const { next, forPerson } = answer;
  if (next === 'sent') return office.alarm('post', null);
  office.log.warn({ next, code: answer.code }, 'letter not accepted');
  if (next === 'stop_outbox') {
    await remember(office.db, 'letters_stopped', forPerson);
    await office.alarm('post', forPerson);
  }
  const goesOn = next === 'retry' ? null : goesOnAt(answer, machineNow());
  if (goesOn) {
    await remember(office.db, 'outbox_paused_until', goesOn.toISOString());
    await office.alarm('post', forPerson);
  }
}

function resultOf(first: Answer, tries: number, at: Date): Delivered {
  const answer = afterTries(first, tries);
  const said = `${answer.code} ${answer.text}`.trim();
  if (answer.next === 'sent') return { state: 'sent', at, answer: said };
  if (answer.next === 'never') return { state: 'failed', at, reason: answer.forPerson, answer: said };
  const now = machineNow();
  return { state: 'due', nextTryAt: goesOnAt(answer, now) ?? now, reason: answer.forPerson, answer: said };
}
