import { readFileSync, statSync } from 'node:fs';
import { parseInstant } from '../clock.ts';
import { openReader } from '../documents/reader.ts';
import { Failure } from '../errors.ts';
import { conclude, type KeptMessage, type Outcome, type Services, type TakenIn, takeIn } from '../intake/index.ts';
import { arrivalOf } from '../message/received-at.ts';
import { loadNotice } from '../notice/load.ts';
import { readSettings } from '../settings.ts';
import { hasFlag, readWords } from './arguments.ts';
import { checkJson } from './check-json.ts';
import { checkText } from './check-text.ts';

/** Which witness an arrival time has: what was said on the command line, our server's Received header, the file itself. */
export type ReceivedFrom = 'option' | 'received_header' | 'file_time';
export type MessageFile = KeptMessage & { receivedFrom: ReceivedFrom };

/** How many mails are taken in at a time: their bytes are in memory, the readers' pool has two children. */
const mailsAtOnce = 4;

/** Mails looked at together: what each is, what they make, the letters that would go. */
export type Looked = { messages: MessageFile[]; mails: TakenIn[]; outcome: Outcome };

/** `shouli check`: the whole road over mails in files, touching nothing. */
export async function checkCommand(given: string[]): Promise<number> {
  const words = readWords(given, { 'received-at': 'value', json: 'flag' });
  const settings = readSettings();
  const notice = loadNotice(settings.configDir, settings.notice);
  const messages = messageFiles(words);
  const reader = openReader();
  try {
    const looked = await lookAt(messages, {
      notice,
      ownAddresses: [notice.mailbox, settings.mailFrom ?? notice.mailbox],
      read: reader.read,
    });
    console.log(hasFlag(words, 'json') ? JSON.stringify(checkJson(looked), null, 2) : checkText(looked, notice));
    return 0;
  } finally {
    await reader.close();
  }
}

/** Stands at the moment of the last mail's arrival, with the quiet period over. */
export async function lookAt(messages: MessageFile[], services: Services): Promise<Looked> {
  const mails = await inTurn(messages, (message) => takeIn(message, services));
  const now = new Date(Math.max(...messages.map(({ receivedAt }) => receivedAt.getTime())));
  return { messages, mails, outcome: conclude(mails, services.notice, now) };
}

/** @throws Failure (usage) for no file, a file that cannot be read, a time that is none */
function messageFiles(words: ReturnType<typeof readWords>): MessageFile[] {
  const messages: MessageFile[] = [];
  let said: Date | null = null;
  for (const word of words) {
    if (word.kind === 'file') messages.push(messageFile(word.file, said));
    else if (word.name === 'received-at') said = parseInstant(word.value ?? '');
  }
  if (messages.length === 0) throw new Failure('usage', '请写出要看的邮件文件，如：npx shouli check 邮件.eml');
  return messages;
}

/** @param said the time given on the command line, which counts before any other witness */
export function messageFile(file: string, said: Date | null): MessageFile {
  try {
    const raw = readFileSync(file);
    if (said) return { file, raw, receivedAt: said, receivedFrom: 'option' };
    const stamped = arrivalOf(raw);
    return stamped
      ? { file, raw, receivedAt: stamped, receivedFrom: 'received_header' }
      : { file, raw, receivedAt: statSync(file).mtime, receivedFrom: 'file_time' };
  } catch (cause) {
    throw new Failure('usage', `读不到文件：${file}`, `cannot read ${file}`, { cause });
  }
}

/** Results in the order of the files, a few at a time. */
async function inTurn(
  messages: readonly MessageFile[],
  work: (message: MessageFile) => Promise<TakenIn>,
): Promise<TakenIn[]> {
  const done: TakenIn[] = [];
  let next = 0;
  const lane = async () => {
    for (let index = next++; index < messages.length; index = next++) {
      const message = messages[index];
      if (message) done[index] = await work(message);
    }
  };
  await Promise.all(Array.from({ length: mailsAtOnce }, lane));
  return done;
}
