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

describe('before a folder opens', () => {
  test('greets as Coremail and has no IDLE, MOVE, CONDSTORE, ESEARCH, NAMESPACE, UNSELECT', async () => {
    expect(client.greeting).toMatch(/^\* OK Coremail System IMap Server Ready\(163com\[.+\]\)$/);
    const words = (await client.say('CAPABILITY'))[0]?.split(' ') ?? [];
    expect(words).toEqual(expect.arrayContaining(['IMAP4rev1', 'ID', 'UIDPLUS', 'XLIST', 'SPECIAL-USE', 'LITERAL+']));
    for (const missing of ['IDLE', 'MOVE', 'CONDSTORE', 'ESEARCH', 'NAMESPACE', 'UNSELECT', 'STARTTLS'])
      expect(words).not.toContain(missing);
  });

  test('takes the code that the address says, percent-encoded, and no other', async () => {
    expect(server.url).toMatch(/^imap:\/\/jz%20gh%40126\.com:CODE@127\.0\.0\.1:\d+$/);
    expect(await client.say('LOGIN "jz gh@126.com" WRONG')).toEqual(['NO LOGIN Login error or password error']);
    expect(await client.say(login)).toEqual(['OK LOGIN completed']);
  });

  test('takes a code sent as a literal, with leave and without', async () => {
    expect(await client.say('LOGIN {13+}\r\njz gh@126.com "CODE"')).toEqual(['OK LOGIN completed']);
    client.send('B1 LOGIN {13}');
    expect(await client.hear()).toMatch(/^\+ /);
    client.send('jz gh@126.com {4}');
    expect(await client.hear()).toMatch(/^\+ /);
    client.send('CODE');
    expect(await client.hear()).toBe('B1 OK LOGIN completed');
  });

  test('is not logged in by AUTHENTICATE PLAIN with its answer on the line', async () => {
    expect(await client.say('AUTHENTICATE PLAIN AGEAYg==')).toEqual([expect.stringMatching(/^BAD Request not ending/)]);
    expect(await client.say('LIST "" "*"')).toEqual([expect.stringMatching(/^BAD/)]);
  });

  test('opens nothing for a client that has not said who it is', async () => {
    await client.say(login);
    expect(await client.say('SELECT INBOX')).toEqual([`NO SELECT ${unsafe}`]);
    await client.say('ID NIL');
    expect(await client.say('EXAMINE INBOX')).toEqual([`NO EXAMINE ${unsafe}`]);
    expect(await client.say(identify)).toEqual([
      expect.stringMatching(/^\* ID \("name" "Coremail Imap" "vendor" "Mailtech" "TransID" "\S+"\)$/),
      'OK ID completed',
    ]);
    expect((await client.say('EXAMINE INBOX')).at(-1)).toBe('OK [READ-ONLY] EXAMINE completed');
  });

  test.each([
    [true, 'OK [READ-ONLY] EXAMINE completed'],
    [false, `NO EXAMINE ${unsafe}`],
  ])('an ID before LOGIN counts: %s', async (counts, end) => {
    server.script.idCountsBeforeLogin = counts;
    await client.say(identify);
    await client.say(login);
    expect((await client.say('EXAMINE INBOX')).at(-1)).toBe(end);
  });

  test('does not understand an ID with a space after its parenthesis', async () => {
    expect(await client.say('ID ( "name" "test")')).toEqual([expect.stringMatching(/^BAD/)]);
  });
});

describe('folders', () => {
  test('names travel in UTF-7, some with a flag of use', async () => {
    await client.say(login);
    expect(await client.say('LIST "" "*"')).toEqual([
      '* LIST (\\HasNoChildren) "/" "INBOX"',
      '* LIST (\\Drafts \\HasNoChildren) "/" "&g0l6P3ux-"',
      '* LIST (\\Sent \\HasNoChildren) "/" "&XfJT0ZAB-"',
      '* LIST (\\Trash \\HasNoChildren) "/" "&XfJSIJZk-"',
      '* LIST (\\Junk \\HasNoChildren) "/" "&V4NXPpCuTvY-"',
      '* LIST (\\HasNoChildren) "/" "&dcVr0mWHTvZZOQ-"',
      '* LIST (\\HasNoChildren) "/" "&Xn9USpCuTvY-"',
      '* LIST (\\HasNoChildren) "/" "&i6KWBZCuTvY-"',
      'OK LIST completed',
    ]);
    expect((await client.say('XLIST "" INBOX'))[0]).toBe('* XLIST (\\Inbox \\HasNoChildren) "/" "INBOX"');
    expect(await client.say('LIST "" "&V4NXPpCuTvY-"')).toHaveLength(1 + 1);
  });

  test('EXAMINE says UIDVALIDITY but neither UIDNEXT nor custom flags', async () => {
    await opened();
    const answer = await client.say('EXAMINE INBOX');
    expect(answer).toContain('* OK [UIDVALIDITY 1] UIDs valid');
    expect(answer.join(' ')).not.toMatch(/UIDNEXT|\\\*/);
    expect(await client.say('EXAMINE nowhere')).toEqual([expect.stringMatching(/^NO/)]);
  });

  test('STATUS leaves out what NetEase leaves out', async () => {
    server.deliver({ raw, receivedAt: july18 });
    await client.say(login);
    expect((await client.say('STATUS INBOX (UIDNEXT)'))[0]).toBe('* STATUS "INBOX" ()');
    expect((await client.say('STATUS INBOX (MESSAGES UIDNEXT UNSEEN RECENT)'))[0]).toBe(
      '* STATUS "INBOX" (MESSAGES 1 UNSEEN 1 RECENT 0)',
    );
  });

  test('n:* always has the last mail, in SEARCH and in FETCH', async () => {
    server.deliver({ raw, receivedAt: july18 });
    const last = server.deliver({ raw, receivedAt: july18 });
    await opened();
    expect((await client.say(`UID SEARCH UID ${last + 1}:*`))[0]).toBe(`* SEARCH ${last}`);
    expect((await client.say(`UID FETCH ${last + 1}:* (FLAGS)`))[0]).toBe(`* 2 FETCH (UID ${last} FLAGS ())`);
  });

  test('a mail that arrives is told of at the next NOOP', async () => {
    await opened();
    const uid = server.deliver({ raw, receivedAt: july18 });
    expect((await client.say('UID SEARCH ALL'))[0]).toBe('* SEARCH');
    expect(await client.say('NOOP')).toEqual(['* 1 EXISTS', 'OK NOOP completed']);
    expect((await client.say('UID SEARCH ALL'))[0]).toBe(`* SEARCH ${uid}`);
  });

  test('a mail that staff move leaves one folder and gets a new uid in the other', async () => {
    const uid = server.deliver({ raw, receivedAt: july18 });
    await opened();
    const moved = server.moveMail(uid, '垃圾邮件');
    expect(moved).toBeGreaterThan(uid);
    expect(await client.say('NOOP')).toEqual(['* 1 EXPUNGE', 'OK NOOP completed']);
    expect(await client.say('EXAMINE "&V4NXPpCuTvY-"')).toContain('* 1 EXISTS');
  });

  test('a new UIDVALIDITY gives every mail a new uid', async () => {
    const uid = server.deliver({ raw, receivedAt: july18 });
    await opened();
    server.changeUidValidity();
    expect(await client.say('EXAMINE INBOX')).toContain('* OK [UIDVALIDITY 2] UIDs valid');
    expect((await client.say('UID SEARCH ALL'))[0]).not.toBe(`* SEARCH ${uid}`);
  });
});

describe('what may never be asked for', () => {
  test.each(['UID STORE 1:* +FLAGS (\\Seen)', 'COPY 1 INBOX', 'EXPUNGE', 'CREATE x', 'APPEND INBOX {2+}\r\nhi'])(
    '%s is refused and counted',
    async (command) => {
      await opened();
      expect((await client.say(command)).at(-1)).toMatch(/^NO/);
      expect(server.changesAsked()).toBe(1);
    },
  );

  test.each([
    ['EXAMINE', 'BODY[]', 0],
    ['SELECT', 'BODY.PEEK[]', 0],
    ['SELECT', 'BODY[]', 1],
  ])('after %s, FETCH %s marks %i mails as read', async (open, item, marked) => {
    server.deliver({ raw, receivedAt: july18 });
    await opened();
    await client.say(`${open} INBOX`);
    await client.say(`FETCH 1 ${item}`);
    expect(server.changesAsked()).toBe(marked);
    expect((await client.say('FETCH 1 FLAGS'))[0]).toBe(`* 1 FETCH (FLAGS (${marked ? '\\Seen' : ''}))`);
  });

  test('the log knows every command, but no code', async () => {
    await opened();
    expect(server.log.map((one) => `${one.name} ${one.text}`)).toEqual(['LOGIN ', identify, 'EXAMINE INBOX']);
  });
});
