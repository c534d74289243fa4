import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { probe } from '../../src/mailbox/probe.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { type OfficeMailbox, officeMailbox, unionMail } from '../support/office-mailbox.ts';

let server: NeteaseServer;
let office: OfficeMailbox;
beforeEach(async () => {
  server = await startNeteaseServer();
  office = await officeMailbox();
});
afterEach(async () => {
  await office.stop();
  await server.close();
});

const july = new Date('2018-07-10T10:00:00+08:00');
const june = new Date('2018-06-02T10:00:00+08:00');
const deliver = (subject: string, { at = july, folder = 'INBOX' } = {}) =>
  server.deliver({ raw: Buffer.from(unionMail(subject)), receivedAt: at, folder });
const subjects = () => [...office.ledger.mails.values()].map(({ arrival }) => arrival.raw.head.subject).sort();
const fetches = () => server.log.filter(({ name, text }) => name === 'UID FETCH' && text.includes('BODY.PEEK[]'));

test('all folders in which a filter may have put it; those of our own never', async () => {
  deliver('一收件箱');
  for (const folder of ['垃圾邮件', '广告邮件', '订阅邮件', '病毒文件夹']) deliver(`二${folder}`, { folder });
  for (const folder of ['已发送', '草稿箱', '已删除']) deliver(`三${folder}`, { folder });
  await office.open(server.url).poll();
  expect(subjects()).toEqual(['一收件箱', '二垃圾邮件', '二广告邮件', '二病毒文件夹', '二订阅邮件'].sort());
  expect(server.changesAsked()).toBe(0);
});

test('polled again and again, each mail is fetched once over one connection', async () => {
  const mailbox = office.open(server.url);
  for (const subject of ['第一封', '第二封', '第三封']) {
    deliver(subject);
    await mailbox.poll();
    await mailbox.poll();
  }
  expect(subjects()).toHaveLength(3);
  expect(fetches()).toHaveLength(3);
  expect(server.openConnections()).toBe(1);
  expect(server.log.filter(({ name }) => name === 'LOGIN')).toHaveLength(1);
});

test('a mail moved to another folder by hand is the same mail', async () => {
  const uid = deliver('推荐材料');
  const mailbox = office.open(server.url);
  await mailbox.poll();
  server.moveMail(uid, '垃圾邮件');
  expect(await mailbox.poll()).toMatchObject({ kept: [], known: 1 });
  const { folders } = await mailbox.sweep();
  expect(folders.find(({ folder }) => folder === 'INBOX')).toMatchObject({ server: 0, gone: [uid] });
});

test('an ID before the login does not count: ours comes after it', async () => {
  server.script.idCountsBeforeLogin = false;
  deliver('推荐材料');
  expect(await office.open(server.url).poll()).toMatchObject({ kept: [1] });
});

test.each([
  ['alwaysUnsafe', 'unsafe_login'],
  ['refuseLogin', 'login_refused'],
  ['imapOff', 'imap_off'],
] as const)('%s is told as %s', async (fault, trouble) => {
  server.script[fault] = true;
  await expect(office.open(server.url).poll()).rejects.toMatchObject({ trouble });
  await expect(probe(server.url)).rejects.toMatchObject({ trouble });
});

test('a connection that dies inside a mail, and is there again: nothing lost, nothing twice', async () => {
  for (const subject of ['第一封', '第二封', '第三封']) deliver(subject);
  server.script.dropAfterBytes = 300;
  const mailbox = office.open(server.url);
  await expect(mailbox.poll()).rejects.toMatchObject({ trouble: 'dropped' });
  await mailbox.waitForNews(5_000, new AbortController().signal);
  await mailbox.poll();
  expect(subjects()).toEqual(['第一封', '第三封', '第二封'].sort());
});

test('a server that tells of two mails at a time and calls it all', async () => {
  server.script.shortPage = 2;
  for (let n = 1; n <= 7; n += 1) deliver(`第${n}封`);
  const result = await office.open(server.url).poll();
  expect(result.troubles).toEqual([]);
  expect(subjects()).toHaveLength(7);
});

test('UIDVALIDITY changes: all known, none new', async () => {
  deliver('第一封');
  deliver('第二封');
  const mailbox = office.open(server.url);
  await mailbox.poll();
  server.changeUidValidity();
  expect(await mailbox.poll()).toMatchObject({ kept: [], known: 2 });
});

test('收取最近30天邮件 hides the older; switched to all, the sweep fetches them', async () => {
  deliver('六月的', { at: june });
  deliver('七月的');
  server.script.hideBefore = new Date('2018-07-01T00:00:00+08:00');
  const mailbox = office.open(server.url);
  await mailbox.poll();
  expect(subjects()).toEqual(['七月的']);
  server.script.hideBefore = null;
  await mailbox.sweep();
  expect(subjects()).toEqual(['七月的', '六月的'].sort());
});

test('with IDLE, news of INBOX is fetched without going round the other folders', async () => {
  server.script.withIdle = true;
  const mailbox = office.open(server.url);
  await mailbox.poll();
  const waiting = mailbox.waitForNews(10_000, new AbortController().signal);
  setTimeout(() => deliver('推荐材料'), 50);
  await waiting;
  const heard = server.log.length;
  expect(await mailbox.poll()).toMatchObject({ kept: [1] });
  expect(server.log.slice(heard).map(({ name }) => name)).not.toContain('EXAMINE');
});

test('hung up while waiting: back after a second', async () => {
  const mailbox = office.open(server.url);
  await mailbox.poll();
  const waiting = mailbox.waitForNews(10_000, new AbortController().signal);
  setTimeout(() => server.hangUp(), 20);
  await waiting;
  deliver('推荐材料');
  expect(await mailbox.poll()).toMatchObject({ kept: [1] });
});
