import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { simpleParser } from 'mailparser';
import { composeLetter } from '../../../src/letters/smtp/compose.ts';
import { openPost } from '../../../src/letters/smtp/open-post.ts';
import type { Post } from '../../../src/letters/smtp/post.ts';
import { silentLog } from '../../../src/log.ts';
import { type Play, type ScriptedSmtp, startScriptedSmtp } from '../../support/scripted-smtp.ts';
import { office, receipt, unionAddress } from './letters.ts';

const timeouts = { connectMs: 300, replyMs: 300, acceptMs: 400 };
let server: ScriptedSmtp;
let post: Post;

const open = (url: string, more = {}) => openPost(url, { log: silentLog, timeouts, ...more });
const mail = (change: Parameters<typeof receipt>[0] = {}) =>
  composeLetter(receipt(change), { from: office, date: new Date('2018-07-18T15:42:00+08:00') });
const send = async (change: Parameters<typeof receipt>[0] = {}) =>
  post.send(await mail(change), { from: 'office@126.example', to: change.to ?? unionAddress });

beforeEach(async () => {
  server = await startScriptedSmtp();
  post = open(server.url);
});
afterEach(async () => {
  await post.close();
  await server.close();
});

describe('a letter handed over', () => {
  test('arrives whole: Chinese subject, thread, kind', async () => {
    expect(await send()).toMatchObject({ next: 'sent', code: '250', uncertain: false });
    const [letter] = server.delivered;
    const read = await simpleParser(letter?.raw ?? '');
    expect(letter).toMatchObject({ from: 'office@126.example', to: [unionAddress] });
    expect(read.subject).toBe(receipt().subject);
    expect(read.text).toBe(receipt().text);
    expect(read.inReplyTo).toBe('<tencent_7F@qq.example>');
    expect(read.references).toEqual(['<first@qq.example>', '<tencent_7F@qq.example>']);
    expect(['auto-submitted', 'x-shouli-letter'].map((name) => read.headers.get(name))).toEqual([
      'auto-replied',
      'receipt',
    ]);
  });

  test('comes from the account that logs in, whatever MAIL_FROM says: NetEase refuses others', async () => {
    await post.send(await mail(), { from: 'somebody@else.example', to: unionAddress });
    expect(server.delivered[0]?.from).toBe('office@126.example');
  });

  test('an account that is no address: from whom the letter says', async () => {
    await post.close();
    post = open(server.url.replace('office%40126.example', 'relay-key'));
    await post.send(await mail(), { from: 'somebody@else.example', to: unionAddress });
    expect(server.delivered[0]?.from).toBe('somebody@else.example');
  });

  test('to no address: nobody is asked, a person calls', async () => {
    const answer = await post.send(await mail(), { from: office, to: 'a@b.example>\r\nRCPT TO:<c@d.example' });
    expect([answer.next, server.connections()]).toEqual(['never', 0]);
  });

  test('to a server without PIPELINING, and one that only knows AUTH LOGIN', async () => {
    await server.close();
    server = await startScriptedSmtp({ pipelining: false });
    post = open(server.url);
    server.script({ at: 'ehlo', reply: '250-mail\n250-AUTH LOGIN\n250 8BITMIME' });
    expect((await send()).next).toBe('sent');
    expect(server.commands).toContain('AUTH LOGIN');
  });
});

describe('one connection', () => {
  test('250 letters, handed in at once, go one after another', async () => {
    const letters = Array.from({ length: 250 }, (_, index) => `JZGJ-2018-${String(index).padStart(4, '0')}`);
    const answers = await Promise.all(letters.map((number) => send({ number })));
    expect(answers.filter(({ next }) => next !== 'sent')).toEqual([]);
    expect([server.connections(), server.delivered.length]).toEqual([1, 250]);
  });

  test('is renewed after so many letters', async () => {
    await post.close();
    post = open(server.url, { lettersPerConnection: 2 });
    for (const number of ['A-1', 'A-2', 'A-3', 'A-4', 'A-5']) await send({ number });
    expect([server.connections(), server.delivered.length]).toEqual([3, 5]);
  });

  test('is given up when nobody uses it', async () => {
    await post.close();
    post = open(server.url, { idleMs: 30 });
    await send();
    await until(() => server.commands.includes('QUIT'));
    await send();
    expect(server.connections()).toBe(2);
  });

  test('is renewed after 451 MI:DMC, and the letter goes over the new one', async () => {
    await send();
    server.script({ at: 'mail', reply: '451 MI:DMC 126 smtp5' });
    expect(await send()).toMatchObject({ next: 'retry', afterMinutes: 1 });
    expect((await send()).next).toBe('sent');
    expect(server.connections()).toBe(2);
  });

  test('that the server dropped while idle costs a letter nothing', async () => {
    await send();
    server.script({ at: 'mail', drop: true });
    expect((await send()).next).toBe('sent');
    expect([server.connections(), server.delivered.length]).toEqual([2, 2]);
  });

  test('one bad address spoils no other letter', async () => {
    server.script({ at: 'rcpt', to: 'gone@jiefang.example', reply: '550 Invalid User: gone@jiefang.example' });
    const answers = await Promise.all([send(), send({ to: 'gone@jiefang.example' }), send()]);
    expect(answers.map(({ next }) => next)).toEqual(['sent', 'never', 'sent']);
    expect(server.delivered.map(({ to }) => to)).toEqual([[unionAddress], [unionAddress]]);
  });
});

describe('what goes wrong', () => {
  test.each<[string, Play, object]>([
    ['wrong code', { at: 'auth', reply: '535 Error: authentication failed' }, { next: 'stop_outbox', code: '535' }],
    ['login not possible now', { at: 'auth', reply: '454 try later' }, { next: 'pause_outbox', code: '454' }],
    ['quarter-hour quota', { at: 'letter', reply: '451 MI:SFQ 126' }, { next: 'pause_outbox', afterMinutes: 16 }],
    ['day quota at MAIL', { at: 'mail', reply: '550 MI:STC 126' }, { next: 'next_day' }],
    ['day quota at RCPT', { at: 'rcpt', reply: '550 RP:TRC 126' }, { next: 'next_day' }],
    ['day quota after the letter', { at: 'letter', reply: '554 MI:STC 126' }, { next: 'next_day' }],
    ['bad recipient', { at: 'rcpt', reply: '550 Invalid User' }, { next: 'never', code: '550' }],
    ['spam', { at: 'letter', reply: '554 DT:SPM 126 smtp5' }, { next: 'never', code: '554', uncertain: false }],
    ['blocked at the door', { at: 'greeting', reply: '554 HL:IPB 126' }, { next: 'stop_outbox', code: '554' }],
    ['too many connections', { at: 'greeting', reply: '421 HL:ICC 126' }, { next: 'pause_outbox', code: '421' }],
    [
      'closing down at DATA',
      { at: 'data', reply: '421 closing' },
      { next: 'pause_outbox', code: '421', uncertain: false },
    ],
    [
      'closing down after the letter',
      { at: 'letter', reply: '421 closing' },
      { next: 'pause_outbox', code: '421', uncertain: false },
    ],
    [
      'gone before the greeting',
      { at: 'greeting', drop: true },
      { next: 'pause_outbox', code: 'ECONNECTION', uncertain: false },
    ],
    ['gone at login', { at: 'auth', drop: true }, { next: 'pause_outbox', uncertain: false }],
    ['gone at RCPT', { at: 'rcpt', drop: true }, { next: 'pause_outbox', uncertain: false }],
    [
      'silent greeting',
      { at: 'greeting', delayMs: 2000 },
      { next: 'pause_outbox', code: 'ETIMEDOUT', uncertain: false },
    ],
    ['silent EHLO', { at: 'ehlo', delayMs: 2000 }, { next: 'pause_outbox', code: 'ETIMEDOUT', uncertain: false }],
    ['silent login', { at: 'auth', delayMs: 2000 }, { next: 'pause_outbox', code: 'ETIMEDOUT', uncertain: false }],
    ['silent MAIL', { at: 'mail', delayMs: 2000 }, { next: 'pause_outbox', code: 'ETIMEDOUT', uncertain: false }],
  ])('%s', async (_, play, answer) => {
    server.script(play);
    expect(await send()).toMatchObject(answer);
    expect(server.delivered).toEqual([]);
  });

  test.each<[string, Play]>([
    ['the connection breaks after the last dot', { at: 'letter', drop: true, keep: true }],
    ['no answer comes to the letter', { at: 'letter', delayMs: 1500 }],
  ])('%s: perhaps sent; again under the same Message-ID, never by itself', async (_, play) => {
    server.script(play);
    expect(await send()).toMatchObject({ next: 'retry', uncertain: true, atMostTries: 3 });
    expect(server.delivered.length).toBeLessThanOrEqual(1); // nodemailer's pool would have handed it over again here
    expect(await send()).toMatchObject({ next: 'sent', uncertain: false });
    await until(() => server.delivered.length === 2 || play.delayMs !== undefined);
    const ids = await Promise.all(server.delivered.map(async ({ raw }) => (await simpleParser(raw)).messageId));
    expect([...new Set(ids)]).toEqual([receipt().messageId]);
  });

  test('GBK words of a server are shown as Chinese', async () => {
    const gbk = Buffer.from([0xd3, 0xca, 0xcf, 0xe4, 0xb2, 0xbb, 0xb4, 0xe6, 0xd4, 0xda]);
    server.script({ at: 'rcpt', reply: Buffer.concat([Buffer.from('550 '), gbk]) });
    expect((await send()).text).toBe('邮箱不存在');
  });

  test('a server that trickles its answer for ever is left', async () => {
    const slow = createServer((socket) => {
      const timer = setInterval(() => socket.write('220-'), 20);
      socket.on('error', () => undefined).on('close', () => clearInterval(timer));
    });
    await new Promise<void>((listening) => slow.listen(0, '127.0.0.1', listening));
    const trickled = open(`smtp://127.0.0.1:${(slow.address() as AddressInfo).port}`);
    const answer = await trickled.send(await mail(), { from: 'office@126.example', to: unionAddress });
    expect(answer).toMatchObject({ next: 'pause_outbox', code: 'ETIMEDOUT' });
    await trickled.close();
    await new Promise((closed) => slow.close(closed));
  });

  test('closing waits for the letter in hand', async () => {
    server.script({ at: 'letter', delayMs: 200 });
    const sending = send();
    await until(() => server.commands.includes('DATA'));
    await post.close();
    expect((await sending).next).toBe('sent');
  });
});

test('closing cuts off a server that never answers: that letter is perhaps sent', async () => {
  await post.close();
  post = open(server.url, { closeMs: 50, timeouts: { ...timeouts, acceptMs: 60_000 } });
  server.script({ at: 'letter', delayMs: 1_500 }, { at: 'quit', delayMs: 60_000 });
  const [inHand, waiting] = [send(), send()];
  await until(() => server.commands.includes('DATA'));
  await post.close();
  expect(await inHand).toMatchObject({ next: 'retry', uncertain: true });
  expect(await waiting).toMatchObject({ next: 'pause_outbox', code: 'ECLOSED', uncertain: false });
  expect(server.connections()).toBe(1);
});

describe('what the doctor says', () => {
  test('all is well, and nothing was sent', async () => {
    expect(await post.verify()).toEqual({ ok: true, seen: expect.stringContaining('可以登录'), advice: '' });
    expect(server.commands.filter((line) => /^(MAIL|RCPT|DATA)/.test(line))).toEqual([]);
  });

  test.each<[string, Play, string, string]>([
    ['wrong code', { at: 'auth', reply: '535 Error: authentication failed' }, '535', '授权码'],
    ['SMTP off', { at: 'auth', reply: '550 User has no permission' }, '550', '开启“IMAP/SMTP服务”'],
    ['IP blocked', { at: 'greeting', reply: '554 HL:IPB' }, '554', '封禁'],
    ['silent', { at: 'greeting', delayMs: 1000 }, 'ETIMEDOUT', '没有答复'],
  ])('%s', async (_, play, seen, advice) => {
    server.script(play);
    expect(await post.verify()).toEqual({
      ok: false,
      seen: expect.stringContaining(seen),
      advice: expect.stringContaining(advice),
    });
  });

  test('port blocked', async () => {
    await server.close();
    expect(await post.verify()).toMatchObject({ ok: false, advice: expect.stringContaining('端口') });
    server = await startScriptedSmtp();
  });

  test('name not found', async () => {
    const lost = open('smtps://a%40126.example:code@smtp.no-such-host.invalid:465');
    expect(await lost.verify()).toMatchObject({ ok: false, advice: expect.stringContaining('找不到邮箱服务器') });
  });

  test('no TLS where TLS is wanted', async () => {
    const wrongPort = open(server.url.replace('smtp:', 'smtps:'));
    expect(await wrongPort.verify()).toMatchObject({ ok: false, advice: expect.stringContaining('加密连接') });
  });

  test('a certificate that nobody vouches for: the code never goes over it', async () => {
    const secured = await startScriptedSmtp({ tls: selfSigned() });
    expect(await open(secured.url).verify()).toMatchObject({ ok: false, advice: expect.stringContaining('证书') });
    expect(secured.commands).toEqual([]);
    await secured.close();
  });
});

/** Made for the test and thrown away. */
function selfSigned() {
  const folder = mkdtempSync(join(tmpdir(), 'shouli-tls-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const subject = ['-subj', '/CN=127.0.0.1', '-days', '2'];
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', key, '-out', cert, ...subject], {
    stdio: 'ignore',
  });
  const made = { key: readFileSync(key), cert: readFileSync(cert) };
  rmSync(folder, { recursive: true });
  return made;
}

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((again) => setTimeout(again, 5));
}
