import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { Failure } from '../errors.ts';
import { setAsideDuplicates } from '../intake/duplicates.ts';
import {
  conclude,
  type KeptMessage,
  type Outcome,
  type RawMessage,
  type Services,
  type TakenIn,
  takeIn,
} from '../intake/index.ts';
import { arrivalOf } from '../message/received-at.ts';

/** Which witness an arrival time has: what was said on the command line, our server's Received header, the file itself. */
export type ReceivedFrom = 'option' | 'received_header' | 'file_time';
/** A mail to look at; `said` is the time given for it on the command line, which counts before any other witness. */
export type MailFile = { file: string; said: Date | null };
export type SeenMail = TakenIn & { message: KeptMessage & { receivedFrom: ReceivedFrom } };

/** Mails looked at together: what each is, what they make, the letters that would go. */
export type Looked = { mails: SeenMail[]; outcome: Outcome };

/** How many mails are in memory at a time; the readers' pool has two children. */
const mailsAtOnce = 4;

/**
 * The whole road over mails in files, in their order, touching nothing. It stands at the moment of the last mail's
 * arrival, with the quiet period over.
 *
 * @throws Failure (usage) for a file that cannot be read
 */
export async function lookAt(files: readonly MailFile[], services: Services): Promise<Looked> {
  const taken = await inTurn(files, async (file) => {
    const { receivedFrom, ...message } = readMail(file);
    const mail = await takeIn(message, services);
    return { ...mail, message: { ...mail.message, receivedFrom } };
  });
  const mails = setAsideDuplicates(taken);
  const now = new Date(Math.max(...mails.map(({ message }) => message.receivedAt.getTime())));
  return { mails, outcome: conclude(mails, services.notice, now) };
}

function readMail({ file, said }: MailFile): RawMessage & { receivedFrom: ReceivedFrom } {
  try {
    const raw = readFileSync(file);
    const sha256 = createHash('sha256').update(raw).digest('hex');
    if (said) return { file, raw, sha256, receivedAt: said, receivedFrom: 'option' };
    const stamped = arrivalOf(raw);
    if (stamped) return { file, raw, sha256, receivedAt: stamped, receivedFrom: 'received_header' };
    return { file, raw, sha256, receivedAt: statSync(file).mtime, receivedFrom: 'file_time' };
  } catch (cause) {
    throw new Failure('usage', `读不到文件：${file}`, `cannot read ${file}`, { cause });
  }
}

/** Results in the order of the items, a few at a time. */
async function inTurn<Item, Result>(items: readonly Item[], work: (item: Item) => Promise<Result>): Promise<Result[]> {
  const done: Result[] = [];
  const waiting = items.entries();
  const lane = async () => {
    for (const [index, item] of waiting) done[index] = await work(item);
  };
  await Promise.all(Array.from({ length: mailsAtOnce }, lane));
  return done;
}
