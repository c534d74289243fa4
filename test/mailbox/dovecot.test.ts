import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { probe } from '../../src/mailbox/probe.ts';
import { type Dovecot, hasDovecot, startDovecot } from '../support/dovecot.ts';
import { type OfficeMailbox, officeMailbox, unionMail } from '../support/office-mailbox.ts';

const signal = new AbortController().signal;
/** Inside the round, and a month before it. */
const july = new Date('2018-07-10T10:00:00+08:00');
const may = new Date('2018-05-10T10:00:00+08:00');
const lastSecondBefore = new Date('2018-05-31T23:59:59+08:00');
const opening = new Date('2018-06-01T00:00:00+08:00');

(hasDovecot ? describe : describe.skip)('a real IMAP server', () => {
  let server: Dovecot;
  let office: OfficeMailbox;
  beforeAll(async () => {
    server = await startDovecot(['垃圾邮件', '广告邮件', '已发送']);
  });
  afterAll(() => server.stop());
  beforeEach(async () => {
    server.empty();
    office = await officeMailbox(opening);
  });
  afterEach(() => office.stop());

  const mails = () => [...office.ledger.mails.values()];

  test('new mail only, with the time the server received it', async () => {
    server.deliver(unionMail('第一封'), july);
    const mailbox = office.open(server.url);
    expect(await mailbox.poll()).toMatchObject({ kept: [1], known: 0, passedOver: 0, troubles: [] });
    expect(mails()[0]?.arrival).toMatchObject({ receivedAt: july, receivedFrom: 'internaldate' });
    expect(await mailbox.poll()).toMatchObject({ kept: [], known: 0 });
    server.deliver(unionMail('第二封'), july);
    expect(await mailbox.poll()).toMatchObject({ kept: [2], known: 0 });
  });

  test('later rounds find what came into a folder that stayed open, and into one that stayed closed', async () => {
    server.deliver(unionMail('推荐材料'), july);
    const mailbox = office.open(server.url);
    await mailbox.poll();
    expect(await mailbox.poll()).toMatchObject({ kept: [], known: 0, troubles: [] });
    server.deliver(unionMail('进了垃圾邮件'), july, '垃圾邮件');
    expect(await mailbox.poll()).toMatchObject({ kept: [2], known: 0 });
    server.deliver(unionMail('补充材料'), july);
    expect(await mailbox.poll()).toMatchObject({ kept: [3], known: 0 });
  });

  test('staff’s unread marks stay', async () => {
    server.deliver(unionMail('推荐材料'), july);
    const mailbox = office.open(server.url);
    await mailbox.poll();
    await mailbox.sweep();
    expect(server.flags()).toEqual(['']);
  });

  test('one mail in two folders is one mail met in two places; sent mail is none of ours', async () => {
    server.deliver(unionMail('推荐材料'), july);
    server.deliver(unionMail('推荐材料').replace('QMCowAA', 'QMCowBB'), july, '垃圾邮件');
    server.deliver(unionMail('只在广告邮件里'), july, '广告邮件');
    server.deliver(unionMail('我们自己发的'), july, '已发送');
    expect(await office.open(server.url).poll()).toMatchObject({ kept: [1, 2], known: 1 });
    expect(mails().map(({ places }) => places.map(({ folder }) => folder))).toEqual([
      ['INBOX', '垃圾邮件'],
      ['广告邮件'],
    ]);
  });

  test('mail from before the round is counted by its header, and its text never fetched', async () => {
    server.deliver(unionMail('上个月的'), may);
    server.deliver(unionMail('差一秒'), lastSecondBefore);
    server.deliver(unionMail('正好开始'), opening);
    expect(await office.open(server.url).poll()).toMatchObject({ kept: [1], passedOver: 2 });
    expect(office.ledger.passed.map(({ head }) => head.subject)).toEqual(['上个月的', '差一秒']);
    expect(mails().map(({ arrival }) => arrival.raw.head.subject)).toEqual(['正好开始']);
    expect(office.files()).toHaveLength(1);
  });

  test('the server numbers its mails anew: all are recognised, none is new', async () => {
    server.deliver(unionMail('第一封'), july);
    server.deliver(unionMail('第二封'), july);
    const mailbox = office.open(server.url);
    await mailbox.poll();
    const before = office.ledger.cursors.get(`${mailbox.account}|INBOX`);
    await server.renumber();
    await mailbox.waitForNews(5_000, signal);
    expect(await mailbox.poll()).toMatchObject({ kept: [], known: 2 });
    const after = office.ledger.cursors.get(`${mailbox.account}|INBOX`);
    expect(after?.uidValidity).not.toBe(before?.uidValidity);
    expect(mails().map(({ places }) => places.length)).toEqual([2, 2]);
  });

  test('the sweep tells which mails are gone from a folder', async () => {
    const deleted = server.deliver(unionMail('后来删掉的'), july);
    server.deliver(unionMail('留着的'), july);
    const mailbox = office.open(server.url);
    await mailbox.poll();
    const [gone] = mails().find(({ arrival }) => arrival.raw.head.subject === '后来删掉的')?.places ?? [];
    server.remove(deleted);
    const [inbox] = (await mailbox.sweep()).folders;
    expect(inbox).toMatchObject({ folder: 'INBOX', server: 1, known: 1, fetched: 0, gone: [gone?.uid] });
  });

  test('counts what each folder holds', async () => {
    server.deliver(unionMail('第一封'), july);
    server.deliver(unionMail('第二封'), may);
    server.deliver(unionMail('第三封'), july, '垃圾邮件');
    const counts = await office.open(server.url).count();
    expect(counts.map(({ folder, messages }) => [folder, messages])).toEqual(
      expect.arrayContaining([
        ['INBOX', 2],
        ['垃圾邮件', 1],
        ['广告邮件', 0],
      ]),
    );
  });

  test('news is told while waiting, and looked for in INBOX alone', async () => {
    const mailbox = office.open(server.url);
    await mailbox.poll();
    const before = performance.now();
    setTimeout(() => server.deliver(unionMail('推荐材料'), july), 100);
    await mailbox.waitForNews(20_000, signal);
    expect(await mailbox.poll()).toMatchObject({ kept: [1] });
    expect(performance.now() - before).toBeLessThan(5_000); // Dovecot itself waits half a second
  });

  test('the doctor sees folders, counts and how far back the list goes', async () => {
    server.deliver(unionMail('第一封'), may);
    server.deliver(unionMail('第二封'), july);
    const facts = await probe(server.url);
    expect(facts.folders[0]).toMatchObject({ folder: 'INBOX', messages: 2 });
    expect(facts.imap).toMatchObject({ hasIdle: true, oldest: may, perhapsOnlyRecent: false });
    await expect(probe(server.url.replace(':code@', ':wrong@'))).rejects.toMatchObject({ trouble: 'login_refused' });
  });
});
