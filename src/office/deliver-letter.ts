import { machineNow } from '../clock.ts';
import { Failure } from '../errors.ts';
import { reconsiderLetter } from '../intake/record.ts';
import { afterTries, goesOnAt } from '../letters/smtp/again.ts';
import type { Answer } from '../letters/smtp/answer.ts';
import { composeLetter } from '../letters/smtp/compose.ts';
import { readAddresses } from '../message/addresses.ts';
import { letterWords } from '../reports/say.ts';
import { step } from '../steps.ts';
import { type Delivered, written } from '../store/delivered.ts';
import { type ClaimedLetter, claimLetter, overdueDemand } from '../store/delivery.ts';
import { settleDelivery } from '../store/in-hand.ts';
import type { HandedLetter } from '../store/journal-entry.ts';
import { pauseLetters, stopLetters } from '../store/stop.ts';
import { senderOf } from './books.ts';
import { mayDeliver } from './due.ts';
import { enclosedWith } from './enclosed.ts';
import type { Office } from './office.ts';

/**
 * Hands one letter to the mail server. The journal knows of it before the server does and hears the answer after, so
 * that a rebuilt database sends nothing twice; what a killed process left in between goes again under the same
 * Message-ID.
 */
export async function deliverLetter(office: Office, id: number, generation: number): Promise<void> {
  const { db, clock, notice, post, lettersInHand } = office;
  if (!post || !(await mayDeliver(office)).now) return;
  if (clock.now() >= notice.deadline.cutOff) {
    const application = await overdueDemand(db, id, notice.deadline.cutOff);
    if (application !== null) return reconsiderLetter(application, office.recorder); // no machine demands after the cut-off
  }
  lettersInHand.add(id);
  try {
    await claimAndHand(office, id, generation);
  } finally {
    lettersInHand.delete(id);
  }
}

async function claimAndHand(office: Office, id: number, generation: number): Promise<void> {
  const { db, clock, journal, looks } = office;
  const now = { office: looks.mayLeaveUpTo(clock.now()), machine: machineNow() };
  const claimed = await claimLetter(db, id, generation, now);
  if (!claimed) return;
  step('deliver: claimed');
  const at = await journal.write({ event: 'handed', letter: handed(claimed) });
  step('deliver: journalled');
  const gone = await wentBefore(office, claimed);
  const { result, answer } = gone ? alreadySent(at) : await hand(office, claimed, at);
  step('deliver: handed over');
  await journal.writeOrKeep({ event: 'answered', messageId: claimed.letter.messageId, result: written(result) });
  step('deliver: answer journalled');
  await settleDelivery(db, id, result);
  step('deliver: settled');
  if (answer) await heed(office, answer);
  const { kind, number, to } = claimed.letter;
  const became = gone ? '早已发出' : result.state === 'sent' ? '发出' : '未发出';
  office.tell(`${became}  ${[letterWords[kind], number, to].filter(Boolean).join(' ')}`);
}

function handed({ letter, stateKey }: ClaimedLetter): HandedLetter {
  const { messageId, kind, number, to, subject, text, inReplyTo, references, dueAt } = letter;
  return { messageId, kind, number, stateKey, to, subject, text, inReplyTo, references, dueAt: dueAt.toISOString() };
}

type Handed = { result: Delivered; answer: Answer | null };

/**
 * A letter that was handed over before and got no answer may have gone all the same, and one that these books never sent
 * may have been sent by books that were lost. NetEase keeps a copy of what its SMTP server took; a mailbox that keeps none,
 * or cannot be read now, says nothing, and the letter goes.
 */
async function wentBefore({ mailbox, wasSentBefore, log }: Office, { letter }: ClaimedLetter): Promise<boolean> {
  if (letter.attempts < 2) return wasSentBefore(letter.messageId);
  if (!mailbox) return false;
  try {
    return await mailbox.hasSentCopy(letter.messageId);
  } catch (error) {
    log.warn({ reason: error instanceof Error ? error.message : String(error) }, 'sent letters not looked at');
    return false;
  }
}

const alreadySent = (at: Date): Handed => ({
  result: { state: 'sent', at, answer: '“已发送”里已有这封信，没有再发' },
  answer: null,
});

/** @param at office time, which the letter is dated with */
async function hand(office: Office, claimed: ClaimedLetter, at: Date): Promise<Handed> {
  const { letter } = claimed;
  try {
    const from = senderOf(office);
    const raw = await composeLetter(letter, { from, date: at, enclosed: await enclosedWith(office, letter) });
    const envelope = { from: readAddresses(from)[0]?.address ?? '', to: letter.to };
    const answer = await office.post?.send(raw, envelope);
    if (!answer) throw new Failure('usage', '没有设置 SMTP_URL，信发不出去');
    return { result: resultOf(answer, letter.attempts, at), answer };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    return { result: { state: 'failed', at, reason: error.forPerson, answer: error.message }, answer: null };
  }
}

/** What an answer means for all other letters. */
async function heed(office: Office, answer: Answer): Promise<void> {
  const { next, forPerson } = answer;
  if (next === 'sent') return office.alarm('post', null);
  office.log.warn({ next, code: answer.code }, 'letter not accepted');
  if (next === 'stop_outbox') {
    await office.alarm('post', forPerson);
    await stopLetters(office.db, office.journal, forPerson, 'mail server');
  }
  const goesOn = next === 'retry' ? null : goesOnAt(answer, machineNow());
  if (goesOn) {
    await office.alarm('post', forPerson);
    await pauseLetters(office.db, office.journal, goesOn);
  }
}

function resultOf(first: Answer, tries: number, at: Date): Delivered {
  const answer = afterTries(first, tries);
  const said = `${answer.code} ${answer.text}`.trim();
  if (answer.next === 'sent') return { state: 'sent', at, answer: said };
  if (answer.next === 'never') return { state: 'failed', at, reason: answer.forPerson, answer: said };
  const now = machineNow();
  // A pause is the outbox's, not the letter's: when a person lifts it, this letter leaves with the others.
  const nextTryAt = answer.next === 'retry' ? (goesOnAt(answer, now) ?? now) : now;
  return { state: 'due', nextTryAt, reason: answer.forPerson, answer: said };
}
