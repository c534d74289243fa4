import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { type NeteaseServer, startNeteaseServer } from '../../../src/rehearsal/server/server.ts';
import { type Telnet, telnet } from './telnet.ts';

const july18 = new Date('2018-07-18T15:42:01+08:00');
const raw = Buffer.from('Subject: hello\r\nFrom: a@b.invalid\r\nDate: x\r\n\r\nbody\r\n');
const login = 'LOGIN "jz gh@126.com" CODE';
const identify = 'ID ("name" "test" "version" "1")';
const unsafe = 'Unsafe Login. Please contact kefu@188.com for help';

let server: NeteaseServer;
let client: Telnet;
beforeEach(async () => {
  server = await startNeteaseServer({ user: 'jz gh@126.com', code: 'CODE' });
  client = await telnet(server.url);
});
afterEach(async () => {
  client.hangUp();
  await server.close();
});

const opened = async () => {
  await client.say(login);
  await client.say(identify);
  await client.say('EXAMINE INBOX');
};

describe('told to do wrong', () => {
  test.each([
    ['refuseLogin', 'NO LOGIN Login error or password error'],
    ['imapOff', 'NO LOGIN User has no permission'],
  ] as const)('%s', async (knob, answer) => {
    server.script[knob] = true;
    expect(await client.say(login)).toEqual([answer]);
  });

  test('alwaysUnsafe: no ID helps', async () => {
    server.script.alwaysUnsafe = true;
    await client.say(login);
    await client.say(identify);
    expect(await client.say('EXAMINE INBOX')).toEqual([`NO EXAMINE ${unsafe}`]);
  });

  test('shortPage: a FETCH answers fewer than it was asked for, and says OK', async () => {
    for (let n = 0; n < 3; n++) server.deliver({ raw, receivedAt: july18 });
    await opened();
    server.script.shortPage = 2;
    expect(await client.say('UID FETCH 1:* (FLAGS)')).toHaveLength(2 + 1);
  });

  test('hideBefore: mails outside the 30-day window are not there', async () => {
    server.deliver({ raw, receivedAt: new Date('2018-06-17T23:59:59+08:00') });
    server.deliver({ raw, receivedAt: new Date('2018-06-18T00:00:00+08:00') });
    server.script.hideBefore = new Date('2018-06-18T00:00:00+08:00');
    await opened();
    expect(await client.say('EXAMINE INBOX')).toContain('* 1 EXISTS');
    expect(await client.say('STATUS INBOX (MESSAGES)')).toContain('* STATUS "INBOX" (MESSAGES 1)');
  });

  test('delays: an answer takes its time', async () => {
    server.script.delays = { NOOP: 60 };
    const begin = performance.now();
    await client.say('NOOP');
    expect(performance.now() - begin).toBeGreaterThan(55);
  });

  test('dropAfterBytes: the connection dies inside a mail, once', async () => {
    server.deliver({ raw, receivedAt: july18 });
    await opened();
    server.script.dropAfterBytes = 20;
    expect((await client.say('FETCH 1 BODY.PEEK[]')).join('\n')).not.toContain('OK FETCH');
    expect(await client.hear()).toBe('closed');
    expect(server.script.dropAfterBytes).toBeNull();
  });

  test('hangUp: every connection ends', async () => {
    server.hangUp();
    expect(await client.hear()).toBe('closed');
  });
});
