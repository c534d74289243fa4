import { afterAll, expect, test } from '@jest/globals';
import type { Arrival } from '../../src/mailbox/ledger.ts';
import { keepMails } from '../../src/store/arrivals.ts';
import { freshRecord } from '../support/database.ts';

const { db, close } = await freshRecord();
afterAll(close);

const keptAt = new Date('2018-07-19T09:00:00+08:00');

/** The mail `identity` met at `uid`, come at a minute after eight. */
const arrival = (identity: string, uid: number, minute: number, folder = 'INBOX'): Arrival => ({
  place: { account: 'office@126.example', folder, uidValidity: '1', uid },
  receivedAt: new Date(Date.UTC(2018, 6, 19, 0, minute)),
  receivedFrom: 'internaldate',
  raw: {
    sha256: identity,
    identity,
    bytes: 1,
    head: { messageId: null, from: 'gonghui@163.example', fromName: '', subject: '申报材料', inReplyTo: [] },
  },
});

test('mails that come at once are rows in their order; a copy among them is one more sighting of the first', async () => {
  const kept = await keepMails(db, [arrival('a', 1, 5), arrival('b', 2, 6), arrival('a', 3, 7)], keptAt);
  expect(kept.map(({ isNew }) => isNew)).toEqual([true, true, false]);
  expect(kept[2]?.message).toBe(kept[0]?.message);
  expect(kept[1]?.message).toBeGreaterThan(kept[0]?.message ?? 0);
  const sightings = await db.selectFrom('sighting').select(['uid', 'message']).orderBy('uid').execute();
  expect(sightings).toEqual([1, 2, 3].map((uid, nth) => ({ uid, message: kept[nth]?.message })));
});

test('a copy of a known mail in another folder is no second mail, and the earlier arrival counts', async () => {
  const [first, fresh] = await keepMails(db, [arrival('a', 1, 1, '垃圾邮件'), arrival('c', 2, 8, '垃圾邮件')], keptAt);
  expect([first?.isNew, fresh?.isNew]).toEqual([false, true]);
  const rows = await db.selectFrom('message').select(['identity', 'received_at']).orderBy('id').execute();
  expect(rows.map(({ identity, received_at }) => [identity, received_at.getUTCMinutes()])).toEqual([
    ['a', 1],
    ['b', 6],
    ['c', 8],
  ]);
});

test('a mail met where it was met before changes nothing', async () => {
  const [again] = await keepMails(db, [arrival('b', 2, 6)], keptAt);
  expect(again?.isNew).toBe(false);
  expect(await db.selectFrom('sighting').select('uid').execute()).toHaveLength(5);
});
