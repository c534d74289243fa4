import { existsSync, readFileSync } from 'node:fs';
import { fillLetters } from '../../src/rehearsal/july.ts';
import type { NeteaseServer } from '../../src/rehearsal/server/server.ts';
import { heldLetters, nextLetterDue, releaseHeld } from '../../src/store/delivery.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { messagesToRerun, rerunMessages } from '../../src/store/messages.ts';
import type { TestOffice } from './office.ts';

/** Office time as a clerk says it: `at('10 09:30')` is the 10th of July 2018, half past nine in Beijing. */
export const at = (said: string) => new Date(`2018-07-${said.replace(' ', 'T')}${said.length > 8 ? '' : ':00'}+08:00`);

/** A mail of the personas, or of the rehearsal; the letters that it answers are as good as unknown. */
export function persona(story: string, number = 1): Buffer {
  const folder = ['personas', 'rehearsal'].find((each) => existsSync(`fixtures/${each}/${story}`));
  return fillLetters(readFileSync(`fixtures/${folder}/${story}/${number}.eml`), () => null);
}

/** Puts a mail into the mailbox at its moment, and lets the office work. */
export async function arrives(
  office: TestOffice,
  server: NeteaseServer,
  said: string,
  raw: Buffer,
  folder = 'INBOX',
): Promise<void> {
  await passes(office, said);
  server.deliver({ raw, receivedAt: at(said), folder });
  await office.work();
}

/** Office time passes until then; whatever falls due on the way is done at its moment. */
export async function passes(office: TestOffice, until: string | Date): Promise<void> {
  const end = typeof until === 'string' ? at(until) : until;
  for (let next = await nextLetterDue(office.db); next && next <= end; next = await nextLetterDue(office.db)) {
    if (next <= office.clock.now()) break; // due and not gone: it is stopped or must be tried again later
    office.clock.jumpTo(next);
    await office.work();
  }
  office.clock.jumpTo(end);
  await office.work();
}

/** The letters about applications, briefly: `correction_request sent`. */
export async function letters(office: TestOffice): Promise<string[]> {
  const all = await listLetters(office.db);
  return all.filter(({ kind }) => kind !== 'digest').map(({ kind, state }) => `${kind} ${state}`);
}

/** A person presses send on these letters, or on all. */
export async function release(office: TestOffice, which: number[] | 'all' = 'all'): Promise<void> {
  await releaseHeld(office.db, await heldLetters(office.db, which));
  await office.work();
}

/** A person has all mails taken in anew. @returns how many they are */
export async function rerunAll(office: TestOffice): Promise<number> {
  const mails = await messagesToRerun(office.db, 'all');
  await rerunMessages(office.db, mails);
  await office.work();
  return mails.length;
}
