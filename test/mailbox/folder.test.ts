import { appendFileSync, mkdirSync, mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { probe } from '../../src/mailbox/probe.ts';
import { type OfficeMailbox, officeMailbox, unionMail } from '../support/office-mailbox.ts';

let office: OfficeMailbox;
let dir = '';
beforeEach(async () => {
  office = await officeMailbox();
  dir = join(mkdtempSync(join(tmpdir(), 'folder-')), '导出的 邮件');
  mkdirSync(dir);
});
afterEach(async () => {
  await office.stop();
  rmSync(join(dir, '..'), { recursive: true, force: true });
});

const put = (name: string, text: string) => writeFileSync(join(dir, name), text);
const subjects = () => [...office.ledger.mails.values()].map(({ arrival }) => arrival.raw.head.subject);
const without = (text: string) => text.replace(/Received:.*\r\n\t.*\r\n/, '');

test('each mail once by its content, whatever its file is called, also after a restart', async () => {
  put('a.eml', unionMail('第一封'));
  put('b.EML', unionMail('第二封'));
  put('说明.txt', '不是邮件');
  expect(await office.open(`file:${dir}`).poll()).toMatchObject({ kept: [1, 2] });
  put('a 副本.eml', unionMail('第一封'));
  renameSync(join(dir, 'b.EML'), join(dir, '改名.eml'));
  const mailbox = office.open(`file:${dir}`);
  expect(await mailbox.poll()).toMatchObject({ kept: [], known: 0 });
  expect(await mailbox.count()).toMatchObject([{ folder: 'INBOX', messages: 2 }]);
});

test('arrival is the topmost Received, else the file’s time; mails come in that order', async () => {
  put('1.eml', without(unionMail('没有 Received')));
  utimesSync(join(dir, '1.eml'), new Date('2018-07-12T00:00:00Z'), new Date('2018-07-12T00:00:00Z'));
  put('2.eml', unionMail('十日的'));
  put('3.eml', unionMail('五月的').replace('10 Jul', '10 May'));
  expect(await office.open(`file:${dir}`).poll()).toMatchObject({ kept: [1, 2], passedOver: 1 });
  expect(
    [...office.ledger.mails.values()].map(({ arrival: { receivedAt, receivedFrom } }) => [receivedAt, receivedFrom]),
  ).toEqual([
    [new Date('2018-07-10T02:00:00Z'), 'received_header'],
    [new Date('2018-07-12T00:00:00Z'), 'file_time'],
  ]);
  expect(office.ledger.passed.map(({ head }) => head.subject)).toEqual(['五月的']);
});

test('a file that is still being written is left for the next look', async () => {
  put('完整.eml', unionMail('完整的'));
  put('.隐藏.eml', unionMail('隐藏的'));
  put('下载中.eml.part', unionMail('下载中的'));
  put('写一半.eml', 'Subject: half\r\n');
  const mailbox = office.open(`file:${dir}`);
  const writing = setInterval(() => appendFileSync(join(dir, '写一半.eml'), 'X-More: 1\r\n'), 100);
  expect(await mailbox.poll()).toMatchObject({ kept: [1] });
  clearInterval(writing);
  put('写一半.eml', unionMail('写完的'));
  expect(await mailbox.poll()).toMatchObject({ kept: [2] });
  expect(subjects()).toEqual(['完整的', '写完的']);
});

test('the sweep tells what is gone; the wait ends when a file comes', async () => {
  put('a.eml', unionMail('第一封'));
  const mailbox = office.open(`file:${dir}`);
  await mailbox.poll();
  rmSync(join(dir, 'a.eml'));
  const { folders } = await mailbox.sweep();
  expect(folders).toMatchObject([{ server: 0, known: 0, fetched: 0, gone: [expect.any(Number)] }]);
  const before = performance.now();
  setTimeout(() => put('b.eml', unionMail('第二封')), 50);
  await mailbox.waitForNews(20_000, new AbortController().signal);
  expect(performance.now() - before).toBeLessThan(5_000);
});

test('a folder that is not there is said in Chinese', async () => {
  const mailbox = office.open(`file:${dir}/没有`);
  await expect(mailbox.poll()).rejects.toMatchObject({ forPerson: expect.stringContaining('读不到邮件文件夹') });
  await mailbox.waitForNews(20, new AbortController().signal);
  await expect(probe(`file:${dir}/没有`)).rejects.toMatchObject({ kind: 'temporary' });
  expect(await probe(`file:${dir}`)).toMatchObject({ folders: [{ folder: 'INBOX', messages: 0 }], imap: null });
});
