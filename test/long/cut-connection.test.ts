import { createHash } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { officeMailbox, unionMail } from '../support/office-mailbox.ts';
import { startScriptedImap } from '../support/scripted-imap.ts';

test('cut at every 4 KB of a 3 MB mail, and of one that is fetched piece by piece: never a part of it is accepted', async () => {
  const server = await startScriptedImap();
  const office = await officeMailbox();
  const line = `${'JVBERi0xLjQKJeLjz9MK'.repeat(4).slice(0, 76)}\r\n`;
  const mail = server.arrive(Buffer.from(unionMail('大附件', line.repeat(3e6 / line.length))));
  for (const announced of [mail.raw.length, 5e6]) {
    mail.announced = announced; // above 4 MB it is fetched in pieces
    for (let cutAfter = 1; cutAfter < mail.raw.length; cutAfter += 4_096) {
      server.behaviour.cutAfter = cutAfter;
      const mailbox = office.open(server.url);
      await expect(mailbox.poll()).rejects.toMatchObject({ trouble: 'dropped' });
      await mailbox.close();
    }
  }
  expect([office.ledger.mails.size, office.files()]).toEqual([0, []]);
  server.behaviour.cutAfter = Number.POSITIVE_INFINITY;
  mail.announced = mail.raw.length;
  expect(await office.open(server.url).poll()).toMatchObject({ kept: [1] });
  const sha256 = createHash('sha256').update(mail.raw).digest('hex');
  expect(office.files()).toEqual([`${sha256.slice(0, 2)}/${sha256}.eml`]);
  await office.stop();
  await server.stop();
}, 300_000);
