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
  const first: Mailbox = office.open(server.url, ({ taken, all }) => {
    told.push(`${taken} of ${all}`);
    if (taken === 400) void first.close();
  });
  await expect(first.poll()).rejects.toMatchObject({ trouble: 'dropped' });
  const before = seen();
  expect(before).toBeGreaterThanOrEqual(400);
  expect(before).toBeLessThan(1_000);
  const again = office.open(server.url, ({ taken, all }) => void told.push(`${taken} of ${all}`));
  expect(await again.poll()).toMatchObject({ passedOver: 900 - before, known: 0 });
  expect([office.ledger.passed.length, office.ledger.mails.size]).toEqual([900, 100]);
  expect(told).toEqual(['200 of 1000', '400 of 1000', ...told.slice(2)]);
  expect(told.at(-1)).toBe(`${1_000 - before} of ${1_000 - before}`);
  await office.stop();
  await server.stop();
});
