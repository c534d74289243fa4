import { Failure } from '../errors.ts';
import { reconsiderLetter, recordTaken } from '../intake/record.ts';
import type { Recorder } from '../intake/recorder.ts';
import { letterHtml } from '../letters/html.ts';
import type { Digest } from '../reports/digest/digest.ts';
import { applicationOfNumber } from '../store/application-numbers.ts';
import { keepMails, passOver } from '../store/arrivals.ts';
import { addAudit } from '../store/audit.ts';
import { addDecision } from '../store/decisions.ts';
import { revived } from '../store/delivered.ts';
import { releaseHeld, retryLetters } from '../store/delivery.ts';
import { putStaff } from '../store/desk/staff.ts';
import { joining } from '../store/dossiers.ts';
import { markGone } from '../store/gone.ts';
import { backToOutbox, settleDelivery } from '../store/in-hand.ts';
import type { Journal } from '../store/journal.ts';
import type { JournalEntry, JournalLine, LettersChosen, WaitingLetters } from '../store/journal-entry.ts';
import { firstMet } from '../store/ledger.ts';
import { failMessage, messageOfIdentity, rerunMessages, waitingMessage } from '../store/messages.ts';
import { remember } from '../store/office-state.ts';
import { letterOfMessageId, putHanded, rule, waitAsThen } from '../store/past.ts';
import { liftStop, putPause, putStop } from '../store/stop.ts';
import { canTake, take } from './act.ts';
import type { Books } from './books.ts';
import { subjectOf } from './deeds/prepare.ts';
import { putDigest } from './make-digest.ts';
import type { MailReader } from './reading/mail-reader.ts';

/** What did not come out as it was; all zero and empty when raw mails, journal, program and rules are those of then. */
export type Odd = {
  /** Raw mails that cannot be read any more. */
  unreadable: number;
  /** Letters that would be new; they are held. */
  held: number;
  /** Decisions and other acts on numbers that no application has now. */
  decisions: string[];
};

type Past = Books & { mailReader: MailReader; odd: Odd };
type Effects = {
  [Event in JournalEntry['event']]: (line: Extract<JournalLine, { event: Event }>, past: Past) => unknown;
};

/** Does again what a line of the journal tells of, as of then: nothing leaves, nothing is written to the journal. */
export async function replayLine(line: JournalLine, past: Past): Promise<void> {
  const effect = effects[line.event] as (line: JournalLine, past: Past) => unknown;
  await effect(line, past);
}

const machine = ({ at }: JournalLine) => new Date(at);
const office = ({ office: at }: JournalLine) => new Date(at);

const effects: Effects = {
  began: (_, { db }) => backToOutbox(db),
  met: (line, { db }) => remember(db, firstMet(line.account), line.office),
  kept: (line, { db }) =>
    keepMails(db, [{ ...line, receivedAt: new Date(line.receivedAt) }], office(line), machine(line)),
  passed_over: (line, { db }) =>
    passOver(db, [{ ...line, receivedAt: new Date(line.receivedAt) }], office(line), machine(line)),
  gone: (line, { db }) => markGone(db, line.folder, line.uids, machine(line)),
  back: (line, { db }) => markGone(db, line.folder, line.uids, null),
  numbered: () => {}, // numbers are read from the journal when an application is opened (store/numbers.ts)
  taken: (line, past) => takeAgain(line, past),
  not_taken: async (line, { db }) => {
    const id = await messageOfIdentity(db, line.identity);
    const { nextTryAt } = line.failed;
    const failed = { ...line.failed, nextTryAt: nextTryAt === null ? null : new Date(nextTryAt), at: office(line) };
    if (id !== null) await failMessage(db, id, failed);
  },
  reconsidered: async (line, past) => {
    const id = await applicationOfNumber(past.db, line.number);
    if (id !== null) await asThen(line, past, (recorder) => reconsiderLetter(id, recorder));
  },
  handed: (line, { db }) => putHanded(db, line.letter, letterHtml(line.letter.text), machine(line)),
  answered: async (line, { db }) => {
    const id = await letterOfMessageId(db, line.messageId);
    if (id !== null) await settleDelivery(db, id, revived(line.result));
  },
  digest: (line, { db, notice }) => putDigest(db, line.content as Digest, { ...line, at: office(line) }, notice),
  decided: async (line, { db, odd }) => {
    const id = await applicationOfNumber(db, line.number);
    if (id === null) odd.decisions.push(line.number);
    else await addDecision(db, id, { ...line, kind: line.kind as 'accept' }, office(line));
  },
  acted: (line, past) => asThen(line, past, (recorder) => actAgain(line, recorder, past.odd)),
  audited: (line, { db }) => addAudit(db, { ...line, at: office(line) }),
  ruled: (line, { db }) => rule(db, line.identity, line.ruled),
  released: (line, { db }) => releaseHeld(db, [line.messageId], office(line)),
  rerun: async (line, { db }) => {
    await rerunMessages(db, line.identities);
    await retryLetters(db, line.letters);
  },
  stopped: (line, { db }) => putStop(db, line.reason),
  paused: (line, { db }) => putPause(db, new Date(line.until)),
  resumed: (_, { db }) => liftStop(db),
  staff: (line, { db }) => putStaff(db, line, office(line)),
};

async function takeAgain(line: Extract<JournalLine, { event: 'taken' }>, past: Past): Promise<void> {
  const id = await messageOfIdentity(past.db, line.identity);
  const message = id === null ? null : await waitingMessage(past.db, id, line.generation);
  if (!message) return; // its line in the journal was torn: it was never taken in
  try {
    const taken = await past.mailReader.read(message);
    await asThen(line, past, (recorder) => recordTaken(taken, message, recorder));
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    past.odd.unreadable += 1;
    await failMessage(past.db, message.id, {
      stage: '重建',
      reason: error.forPerson,
      nextTryAt: null,
      at: office(line),
    });
  }
}

async function actAgain(line: Extract<JournalLine, { event: 'acted' }>, recorder: Recorder, odd: Odd): Promise<void> {
  const { id, deed, by, note, found, now } = line;
  const act = { id, deed, by, note, found, at: new Date(now), version: null, undoneBy: null };
  await joining(recorder.db, async (tx) => {
    if (await canTake(tx, act)) await take(tx, act, recorder);
    else odd.decisions.push(subjectOf(deed));
  });
}

/** At that time, and with its unsent letters waiting as they did. */
async function asThen(
  line: LettersChosen,
  past: Past,
  record: (recorder: Recorder) => Promise<unknown>,
): Promise<void> {
  const { recorder, db, odd } = past;
  let waiting: WaitingLetters = { due: [], held: [] };
  const clock = { now: () => new Date(line.now) };
  const journal: Journal = {
    ...recorder.journal,
    write: async (...entries) => {
      for (const entry of entries) if ('waiting' in entry) waiting = entry.waiting;
      return clock.now();
    },
  };
  await record({ ...recorder, journal, policy: { ...recorder.policy, clock } });
  odd.held += await waitAsThen(db, waiting, line.waiting);
}
