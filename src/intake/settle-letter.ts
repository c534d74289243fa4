import type { CheckedApplication } from '../application/application.ts';
import type { Clock } from '../clock.ts';
import { chooseLetter } from '../letters/choose.ts';
import { dueAt } from '../letters/due.ts';
import { letterHtml } from '../letters/html.ts';
import type { Letter, LetterChoice } from '../letters/letter.ts';
import { letterMessageId } from '../letters/smtp/message-id.ts';
import { writeLetter } from '../letters/write.ts';
import type { Notice } from '../notice/notice.ts';
import type { LetterMode } from '../settings.ts';
import { step } from '../steps.ts';
import type { Db } from '../store/database.ts';
import type { HappenedAt } from '../store/happenings.ts';
import type { Thread } from '../store/messages.ts';
import {
  layInOutbox,
  lettersOnHand,
  lettersSince,
  type NewLetter,
  rewriteLetter,
  withdrawUnsent,
} from '../store/outbox.ts';

/** How the office wants its letters. */
export type LetterPolicy = {
  notice: Notice;
  clock: Clock;
  mode: LetterMode;
  /** LETTERS was set by the office: then older mail is answered like any other. */
  modeSet: boolean;
  quietMinutes: number;
  /** What stands behind the @ of our Message-IDs. */
  domain: string;
  /** Every letter of the sample round says that it is one. */
  rehearsal: boolean;
};

/** An application as recorded, with what decides whether its letter may go by itself. */
export type Recorded = {
  id: number;
  number: string;
  application: CheckedApplication;
  stateKey: string;
  isBacklog: boolean;
  isDecided: boolean;
  /** Of its last mail, which the letter answers. */
  thread: Thread;
  /** When a person last changed it, office time. */
  changedAt: Date | null;
};

/** One nominee's mails can go on for ever (two robots, a flood): beyond this a person looks (RFC 3834 §2). Per day. */
export const caps = { perApplication: 8, perAddress: 60 };
const dayMs = 24 * 3_600_000;

/**
 * Sees to it that the outbox holds the letter of the application's present state, and no other unsent one. The same
 * state is never told twice.
 *
 * @returns what the history says of it
 */
export async function settleLetter(db: Db, recorded: Recorded, policy: LetterPolicy): Promise<HappenedAt[]> {
  const { id, stateKey } = recorded;
  const { told, othersWait } = await lettersOnHand(db, id, stateKey);
  const dropped = othersWait ? await withdraw(db, id, stateKey, policy.clock.now()) : [];
  if (policy.mode === 'observe') return dropped;
  if (told && told.state !== 'due' && told.state !== 'held') return dropped;
  const letter = await letterFor(db, recorded, policy);
  if (letter.to === '') return dropped;
  const isNew = told === null && (await layInOutbox(db, letter));
  if (told) await rewriteLetter(db, told, letter, policy.notice.deadline.cutOff);
  step('intake: letter laid');
  return isNew ? [...dropped, { kind: 'letter', what: 'written', letter: letter.kind, at: letter.writtenAt }] : dropped;
}

/**
 * Takes unsent letters back that tell of another state than this; words that a person wrote go with them.
 *
 * @param now office time
 * @returns what the history says of it
 */
export async function withdraw(db: Db, id: number, exceptStateKey: string | null, now: Date): Promise<HappenedAt[]> {
  const dropped = (await withdrawUnsent(db, id, exceptStateKey)).filter(({ isEdited }) => isEdited);
  return dropped.map(({ kind: letter }) => ({ kind: 'letter', what: 'edit_dropped', letter, at: now }));
}

async function letterFor(db: Db, recorded: Recorded, policy: LetterPolicy): Promise<NewLetter> {
  const { id, number, application, stateKey, thread, changedAt } = recorded;
  const falls = dueAt(application, policy.notice, policy.quietMinutes, changedAt);
  const now = policy.clock.now();
  const goes = falls > now ? falls : now;
  const choice = chooseLetter(application, policy.notice, goes);
  const letter = writeLetter(application, choice, number, policy.notice);
  const { kind, to, subject, text, html } = policy.rehearsal ? asRehearsal(letter) : letter;
  const reason = await whyHeld(db, recorded, choice, to, policy);
  return {
    application: id,
    kind,
    stateKey,
    number,
    to,
    subject,
    text,
    html,
    messageId: letterMessageId({ number, kind, stateKey, domain: policy.domain }),
    inReplyTo: thread.messageId,
    references: [...thread.references, ...(thread.messageId ? [thread.messageId] : [])].slice(-10),
    state: reason === null ? 'due' : 'held',
    reason,
    dueAt: choice.held ? goes : falls, // written without its date: once a person sends it, it is not overdue again
    writtenAt: now,
  };
}

const sampleWords = '（演练：人物、单位和来信均为虚构，这封信只写成文件，没有发出。）';

function asRehearsal(letter: Letter): Letter {
  const text = `${sampleWords}\n\n${letter.text}`;
  return { ...letter, subject: `【演练】${letter.subject}`, text, html: letterHtml(text) };
}

/** Why a person must press send, in Chinese; null when the letter may go by itself. */
async function whyHeld(
  db: Db,
  { id, isBacklog, isDecided }: Recorded,
  choice: LetterChoice,
  to: string,
  policy: LetterPolicy,
): Promise<string | null> {
  if (policy.mode === 'hold') return '设置为人工发送（LETTERS=hold）';
  if (choice.held) return '截止时间已过，是否还请对方补正由工作人员决定';
  if (isDecided) return '本件已有处理意见，是否发出由工作人员决定';
  if (isBacklog && !policy.modeSet) return '启用本系统以前收到的邮件，是否发出由工作人员决定';
  const sent = await lettersSince(db, id, to, new Date(policy.clock.now().getTime() - dayMs));
  if (sent.ofApplication >= caps.perApplication)
    return `一天内已就本件自动发出${sent.ofApplication}封信，请人工查看往来`;
  if (sent.toAddress >= caps.perAddress) return `一天内已向该邮箱自动发出${sent.toAddress}封信，请人工查看往来`;
  return null;
}
