import { existsSync } from 'node:fs';
import { Failure } from '../errors.ts';
import { emptyDatabase, openDatabase } from '../store/database.ts';
import { backToOutbox } from '../store/in-hand.ts';
import type { JournalLine } from '../store/journal-entry.ts';
import { takeOfficeLock } from '../store/office-lock.ts';
import { recall, remember } from '../store/office-state.ts';
import { restoreCursors } from '../store/past.ts';
import type { Books } from './books.ts';
import { openMailReader } from './reading/mail-reader.ts';
import { type Odd, replayLine } from './replay.ts';

/** What journal and raw files hold. `missing`: mails that the journal names and the raw store has not. */
export type Survey = { entries: number; mails: number; missing: number; decisions: number; sent: number };

/** Looks at what a rebuilding would start from, and changes nothing. */
export async function surveyPast({ journal, rawStore }: Pick<Books, 'journal' | 'rawStore'>): Promise<Survey> {
  const mails = new Set<string>();
  const survey = { entries: 0, decisions: 0, sent: 0 };
  for await (const line of journal.read()) {
    survey.entries += 1;
    if (line.event === 'kept') mails.add(line.raw.sha256);
    if (line.event === 'decided' || line.event === 'acted') survey.decisions += 1;
    if (line.event === 'answered' && line.result.state === 'sent') survey.sent += 1;
  }
  const missing = [...mails].filter((sha256) => !existsSync(rawStore.path(sha256))).length;
  return { ...survey, mails: mails.size, missing };
}

/**
 * Makes the database anew from raw mails and journal: empties it, and does again in order all that the journal tells
 * of, each thing at its own time. Sends nothing. What was on its way to the mail server without an answer is due again
 * under its old Message-ID.
 *
 * Until it has come to the end the database counts as not built, and the office does not start on it.
 *
 * @param tell hears of every fiftieth mail
 * @throws Failure when the office is at work, or there is no journal
 */
export async function rebuild(books: Books, tell: (line: string) => void): Promise<Odd> {
  const lock = await takeOfficeLock(books.databaseUrl, books.log, () => {});
  if (!lock) throw new Failure('permanent', '受理系统正在运行，请先停止它（Ctrl-C 或停止服务），再重建');
  const mailReader = openMailReader(books);
  try {
    const { last, began } = await orderOf(books);
    await emptyDatabase(books.db);
    await (await openDatabase(books.databaseUrl, books.log)).close(); // makes the tables
    const odd = await replayAll({ ...books, mailReader, odd: { unreadable: 0, held: 0, decisions: [] } }, last, tell);
    await remember(books.db, 'opened_at', began);
    return odd;
  } finally {
    await mailReader.close();
    await lock.release();
  }
}

type Past = Parameters<typeof replayLine>[1];

async function replayAll(past: Past, last: Map<string, number>, tell: (line: string) => void): Promise<Odd> {
  let [index, mails] = [0, 0];
  for await (const line of past.journal.read()) {
    const key = keyOf(line);
    if (key === null || last.get(key) === index) await replayLine(line, past);
    if (line.event === 'taken' && ++mails % 50 === 0) tell(`已重新登记邮件 ${mails} 封`);
    index += 1;
  }
  await backToOutbox(past.db);
  await restoreCursors(past.db);
  return past.odd;
}

/** Where each thing stands last. An entry is written before it takes effect: only the last one of several did. */
async function orderOf({ journal }: Books): Promise<{ last: Map<string, number>; began: string }> {
  const last = new Map<string, number>();
  let index = 0;
  let began: string | null = null;
  for await (const line of journal.read()) {
    if (line.event === 'began') began ??= line.office;
    const key = line.event === 'not_taken' ? takenKey(line) : keyOf(line);
    if (key !== null) last.set(key, index);
    index += 1;
  }
  if (index === 0)
    throw new Failure('permanent', '数据目录里没有记录簿（journal），没有可以据以重建的，数据库没有改动');
  return { last, began: began ?? new Date(0).toISOString() };
}

/** What an entry is about, where it may stand more than once because a process died; null where each one counts. */
function keyOf(line: JournalLine): string | null {
  if (line.event === 'kept' || line.event === 'passed_over') return JSON.stringify(line.place);
  if (line.event === 'taken') return takenKey(line);
  if (line.event === 'acted') return `act ${line.id}`;
  if (line.event === 'digest' && line.isDays) return `digest ${line.day}`;
  return null;
}

const takenKey = ({ identity, generation }: { identity: string; generation: number }) => `${identity} ${generation}`;

/** Whether the journal knows mails and the database was never built from it, or not to the end. */
export async function needsRebuilding({ db, journal }: Pick<Books, 'db' | 'journal'>): Promise<boolean> {
  if ((await recall(db, 'opened_at')) !== null) return false;
  for await (const { event } of journal.read()) if (event === 'kept') return true;
  return false;
}
