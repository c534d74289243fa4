import { expect, test } from '@jest/globals';
import { silentLog } from '../../src/log.ts';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { openSentBefore } from '../../src/office/sent-before.ts';

/** A mailbox asked for nothing but what it sent. */
function mailboxWith(sentLetters: () => Promise<Set<string>>) {
  let looks = 0;
  const mailbox = {
    sentLetters: () => {
      looks += 1;
      return sentLetters();
    },
  } as unknown as Mailbox;
  return { mailbox, looks: () => looks };
}

test('looks once for all letters of a run', async () => {
  const { mailbox, looks } = mailboxWith(async () => new Set(['<shouli.a@126.com>']));
  const wasSent = openSentBefore(mailbox, silentLog);
  expect(await Promise.all([wasSent('<shouli.a@126.com>'), wasSent('<shouli.b@126.com>')])).toEqual([true, false]);
  expect(looks()).toBe(1);
});

test('a mailbox out of reach does not hold up letter after letter', async () => {
  const { mailbox, looks } = mailboxWith(() => Promise.reject(new Error('the line is down')));
  const wasSent = openSentBefore(mailbox, silentLog);
  for (let letter = 0; letter < 5; letter += 1) expect(await wasSent('<shouli.a@126.com>')).toBe(false);
  expect(looks()).toBe(1);
});

test('without a mailbox nothing is known', async () => {
  expect(await openSentBefore(null, silentLog)('<shouli.a@126.com>')).toBe(false);
});
