import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { takeBalance } from '../../src/office/balance.ts';
import { sweepMailbox } from '../../src/office/sweep-mailbox.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { setCursor } from '../../src/store/ledger.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { alarmsSince } from '../../src/store/office-state.ts';
import { readState } from '../../src/store/state-hash.ts';
import { arrives, at, letters, passes, persona } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

/** One mailbox and what staff, rules and the server do in it: nothing lost, nothing twice, one letter, counts agree. */
let server: NeteaseServer;
let office: TestOffice;

beforeAll(async () => {
  server = await startNeteaseServer();
  const given = { IMAP_URL: server.url, SMTP_URL: 'file:/dev/null', LETTERS: 'hold', QUIET_MINUTES: '0' };
  office = await openTestOffice(given, at('10 09:00').toISOString());
});
afterAll(async () => {
  await office.close();
  await server.close();
});

const uids = new Map<string, number>();
const deliver = (name: string, raw: Buffer, said: string, folder = 'INBOX') =>
  void uids.set(name, server.deliver({ raw, receivedAt: at(said), folder }));
const move = (name: string, folder: string) => void uids.set(name, server.moveMail(uids.get(name) ?? 0, folder));
const fetched = () => server.log.filter(({ text }) => /BODY\.PEEK\[\]/.test(text)).length;

/** @param mails in the ledger @param letterCount as many as there are applications */
async function expectAllWell(mails: number, letterCount: number): Promise<void> {
  await office.work();
  expect(await listMessages(office.db)).toHaveLength(mails);
  expect(await letters(office)).toEqual(Array(letterCount).fill(expect.stringContaining('held')));
  expect(await takeBalance(office)).toMatchObject({ ok: true });
  expect((await alarmsSince(office.db, new Date())).map(({ text }) => text)).toEqual([]);
}

test('the same mail three times: in two folders, and once more with another stamp of the last hop', async () => {
  const raw = persona('certificates-on-paper');
  deliver('first', raw, '11 09:00');
  await passes(office, '11 09:01');
  deliver('in junk', raw, '11 09:02', '垃圾邮件');
  const hop = /^Received: from .*$/m.exec(raw.toString('latin1'))?.[0] ?? '';
  const again = raw.toString('latin1').replace(hop, hop.replace(/from \S+/, 'from mx-backup'));
  expect(again).not.toBe(raw.toString('latin1'));
  deliver('again', Buffer.from(again, 'latin1'), '11 09:03');
  await expectAllWell(1, 1);
  expect(await listMessages(office.db)).toMatchObject([{ sightings: 3 }]);
});

test('staff move a mail to a folder of their own and put it back', async () => {
  move('first', '广告邮件');
  await expectAllWell(1, 1);
  move('first', 'INBOX');
  await expectAllWell(1, 1);
});

test('staff delete one of the copies: the ledger keeps the mail', async () => {
  move('again', '已删除');
  await expectAllWell(1, 1);
});

test('the server numbers its folders anew', async () => {
  await arrives(office, server, '12 09:00', persona('list-says-none'));
  for (const folder of ['INBOX', '垃圾邮件']) server.changeUidValidity(folder);
  await expectAllWell(2, 2);
  const before = fetched();
  await expectAllWell(2, 2);
  expect(fetched()).toBe(before);
});

test('only the last thirty days are shown, and then all again', async () => {
  server.script.hideBefore = at('12 00:00');
  await expectAllWell(2, 2);
  const known = await readState(office.db, { times: true });
  server.script.hideBefore = null;
  await expectAllWell(2, 2);
  expect(await readState(office.db, { times: true })).not.toEqual(known); // it is noted as there again
});

test('a mail that came in below the cursor is found by the daily sweep', async () => {
  const { messages } = await readState(office.db, { times: true });
  const places = (messages as { places: { account: string; folder: string; uid_validity: string; uid: number }[] }[])
    .flatMap(({ places: all }) => all)
    .filter(({ folder }) => folder === 'INBOX');
  const newest = places.reduce((a, b) => (a.uid > b.uid ? a : b));
  const { account, folder, uid_validity: uidValidity } = newest;
  await setCursor(office.db, { account, folder, uidValidity, uid: newest.uid + 1_000 });
  deliver('missed', persona('below-senior-worker'), '12 10:00');
  await passes(office, '12 10:01');
  expect(await listMessages(office.db)).toHaveLength(2);
  await sweepMailbox(office);
  await expectAllWell(3, 3);
});
