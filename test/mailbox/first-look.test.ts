import { expect, test } from '@jest/globals';
import type { Mailbox } from '../../src/mailbox/mailbox.ts';
import { officeMailbox, unionMail } from '../support/office-mailbox.ts';
import { startScriptedImap } from '../support/scripted-imap.ts';

test('a mailbox of 900 old mails and 100 new: in batches, told on the way, stopped and gone on with', async () => {
  const [server, office] = [await startScriptedImap(), await officeMailbox()];
  for (let number = 0; number < 1_000; number++)
    server.arrive(unionMail(`${number}`), new Date(number < 900 ? '2018-05-02T02:00:00Z' : '2018-07-10T02:00:00Z'));
  const told: string[] = [];
  const seen = () => office.ledger.passed.length + office.ledger.mails.size;
  const first: Mailbox = office.open(server.url, {
    onProgress: ({ taken, all }) => {
      told.push(`${taken} of ${all}`);
      if (taken === 400) void first.close();
    },
  });
  await expect(first.poll()).rejects.toMatchObject({ trouble: 'dropped' });
  const before = seen();
  expect(before).toBeGreaterThanOrEqual(400);
  expect(before).toBeLessThan(1_000);
  const again = office.open(server.url, { onProgress: ({ taken, all }) => void told.push(`${taken} of ${all}`) });
  expect(await again.poll()).toMatchObject({ passedOver: 900 - before, known: 0 });
  expect([office.ledger.passed.length, office.ledger.mails.size]).toEqual([900, 100]);
  expect(told).toEqual(['200 of 1000', '400 of 1000', ...told.slice(2)]);
  expect(told.at(-1)).toBe(`${1_000 - before} of ${1_000 - before}`);
  await office.stop();
  await server.stop();
});

/** Mails that lie in the mailbox, by the minute at which each arrived. @returns how many were kept each time that work might begin */
async function mightBegin(minutes: number[]): Promise<number[]> {
  const [server, office] = [await startScriptedImap(), await officeMailbox()];
  for (const [index, minute] of minutes.entries())
    server.arrive(unionMail(`${index}`), new Date(Date.UTC(2018, 6, 10, 2, minute)));
  const told: number[] = [];
  const mailbox = office.open(server.url, { onKept: async () => void told.push(office.ledger.mails.size) });
  const { kept } = await mailbox.poll();
  expect(kept).toHaveLength(minutes.length);
  await office.stop();
  await server.stop();
  return told;
}

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test('work may begin on the first mails while more are to come; the last ones wait for the end of the look', async () => {
  expect(await mightBegin(upTo(50))).toEqual([20, 40]);
});

test('twenty mails come at once: work begins when the look has ended', async () => {
  expect(await mightBegin(upTo(20))).toEqual([]);
});

test('a clerk moved an older mail behind the others: work on none that came later begins before it', async () => {
  expect(await mightBegin([...upTo(44), 0])).toEqual([]);
});

test('an older mail among the second handful: work begins when it is kept', async () => {
  expect(await mightBegin([...upTo(29), 0, ...upTo(60).slice(29)])).toEqual([40, 60]);
});
