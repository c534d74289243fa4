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

/** More material, and not a word about whose it is. */
export function namelessMail(address: string): Buffer {
  const lines = [
    'Received: from mail.example.com by mx1; Tue, 12 Jul 2018 13:00:00 +0800',
    `From: <${address}>`,
    `Subject: =?utf-8?B?${Buffer.from('焦作工匠补充材料').toString('base64')}?=`,
    'Message-ID: <nameless@example.com>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    '',
    '补充一份荣誉证书，见附件。',
    '--x',
    `Content-Type: application/octet-stream; name="=?utf-8?B?${Buffer.from('荣誉证书.rar').toString('base64')}?="`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('Rar!\x1a\x07\x00 not really').toString('base64'),
    '--x--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
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
  await releaseHeld(office.db, await heldLetters(office.db, which), office.clock.now());
  await office.work();
}

/** A person has all mails taken in anew. @returns how many they are */
export async function rerunAll(office: TestOffice): Promise<number> {
  const mails = await messagesToRerun(office.db, 'all');
  await rerunMessages(office.db, mails);
  await office.work();
  return mails.length;
}
