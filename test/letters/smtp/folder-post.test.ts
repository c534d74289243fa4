import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { composeLetter } from '../../../src/letters/smtp/compose.ts';
import { letterMessageId } from '../../../src/letters/smtp/message-id.ts';
import { openPost } from '../../../src/letters/smtp/open-post.ts';
import { silentLog } from '../../../src/log.ts';
import { office, receipt, unionAddress } from './letters.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), '受理 发件 '));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const open = (url = `file:${folder}`) => openPost(url, { log: silentLog });
const send = async (change: Parameters<typeof receipt>[0] = {}, on = '2018-07-18T23:59:00+08:00', post = open()) =>
  post.send(await composeLetter(receipt(change), { from: office, date: new Date(on) }), {
    from: office,
    to: unionAddress,
  });

test('a letter lies there under day, number and kind, as it was written', async () => {
  expect(await send()).toMatchObject({ next: 'sent', uncertain: false });
  const [name = '', ...more] = readdirSync(folder);
  expect(more).toEqual([]);
  expect(name).toMatch(/^2018-07-18-JZGJ-2018-0007-receipt-[0-9a-f]{16}\.eml$/);
  expect((await simpleParser(readFileSync(join(folder, name)))).subject).toBe(receipt().subject);
});

test('the same letter again replaces it, on the next day too', async () => {
  await send({ text: '第一次' });
  await send({ text: '第二次' }, '2018-07-19T00:01:00+08:00');
  const [name = '', ...more] = readdirSync(folder);
  expect(more).toEqual([]);
  expect((await simpleParser(readFileSync(join(folder, name)))).text?.trim()).toBe('第二次');
});

test('another state, another application and the digest have files of their own', async () => {
  const id = (stateKey: string) =>
    letterMessageId({ number: 'JZGJ-2018-0007', kind: 'receipt', stateKey, domain: '126.example' });
  const digest = letterMessageId({ number: null, kind: 'digest', stateKey: '2018-07-18', domain: '126.example' });
  await Promise.all([
    send({ messageId: id('one') }),
    send({ messageId: id('two') }),
    send({ number: 'JZGJ-2018-0008' }),
    send({ kind: 'digest', messageId: digest }),
    send({ messageId: '<../../etc/passwd@qq.example>' }),
  ]);
  expect(
    readdirSync(folder)
      .map((name) => name.replace(/[0-9a-f]{16}/, '…'))
      .sort(),
  ).toEqual([
    '2018-07-18-JZGJ-2018-0007-receipt-….eml',
    '2018-07-18-JZGJ-2018-0007-receipt-….eml',
    '2018-07-18-JZGJ-2018-0008-receipt-….eml',
    '2018-07-18-digest-….eml',
    '2018-07-18-….eml',
  ]);
});

test.each(['file:', 'file://'])('%s, in a path with spaces and Chinese, made when it is not there', async (scheme) => {
  const inner = join(folder, '信 件');
  await send({}, undefined, open(scheme === 'file:' ? `file:${inner}` : pathToFileURL(inner).href));
  expect(readdirSync(inner)).toHaveLength(1);
});

test('a folder that cannot be written: the letter waits, the doctor says why', async () => {
  const file = join(folder, 'in-the-way');
  writeFileSync(file, '');
  chmodSync(file, 0o400);
  expect(await send({}, undefined, open(`file:${file}`))).toMatchObject({ next: 'pause_outbox', afterMinutes: 1 });
  expect(await open(`file:${file}`).verify()).toMatchObject({ ok: false, advice: expect.stringContaining('磁盘空间') });
  expect(await open().verify()).toMatchObject({ ok: true });
});
