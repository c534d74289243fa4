import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { ImapFlow } from 'imapflow';
import { readJuly } from '../../../src/rehearsal/july.ts';
import { type NeteaseServer, startNeteaseServer } from '../../../src/rehearsal/server/server.ts';

const july18 = new Date('2018-07-18T15:42:01+08:00');
const mail = (subject: string, body = '正文\r\n') =>
  Buffer.from(
    `Subject: ${subject}\r\nFrom: "王, 小" <w@b.invalid>\r\nMessage-ID: <${subject}@b>\r\nTo: o@b.invalid\r\n\r\n${body}`,
  );

let server: NeteaseServer;
let client: ImapFlow;
beforeEach(async () => {
  server = await startNeteaseServer();
});
afterEach(async () => {
  client?.close();
  await server.close();
});

async function connected(): Promise<ImapFlow> {
  const { hostname, port, username, password } = new URL(server.url);
  const auth = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
  client = new ImapFlow({ host: hostname, port: Number(port), secure: false, auth, logger: false });
  client.on('error', () => {}); // imapflow reports a lost connection here too; the call in hand rejects as well
  await client.connect();
  return client;
}

test('a mail library reads folders, counts and mails, and marks nothing', async () => {
  const uid = server.deliver({ raw: mail('推荐材料'), receivedAt: july18 });
  server.deliver({ raw: mail('spam'), receivedAt: july18, folder: '垃圾邮件' });
  await connected();
  expect((await client.list()).map((one) => one.path)).toContain('病毒文件夹');
  expect(await client.mailboxOpen('垃圾邮件', { readOnly: true })).toMatchObject({ exists: 1, specialUse: '\\Junk' });
  expect(await client.mailboxOpen('INBOX', { readOnly: true })).toMatchObject({ exists: 1, uidValidity: 1n });
  const [read] = await client.fetchAll(
    `${uid}:*`,
    { source: true, internalDate: true, size: true, envelope: true, flags: true },
    { uid: true },
  );
  expect(read).toMatchObject({ uid, size: mail('推荐材料').length, internalDate: july18, source: mail('推荐材料') });
  expect(read?.envelope).toMatchObject({
    messageId: '<推荐材料@b>',
    from: [{ name: '王, 小', address: 'w@b.invalid' }],
  });
  expect(server.changesAsked()).toBe(0);
});

test('parts of a mail: header, chosen fields, a range of bytes', async () => {
  server.deliver({ raw: mail('m', 'x'.repeat(5000)), receivedAt: july18 });
  await connected();
  await client.mailboxOpen('INBOX', { readOnly: true });
  const [read] = await client.fetchAll('1', {
    headers: ['message-id', 'subject'],
    source: { start: 4000, maxLength: 2000 },
  });
  expect(read?.headers?.toString()).toBe('Subject: m\r\nMessage-ID: <m@b>\r\n\r\n');
  expect(read?.source).toEqual(mail('m', 'x'.repeat(5000)).subarray(4000, 6000));
  const [whole] = await client.fetchAll('1', { headers: true });
  expect(whole?.headers?.toString()).toMatch(/^Subject: m\r\nFrom: [\s\S]*To: o@b.invalid\r\n\r\n$/);
});

test('a mail of 20 MB arrives whole', async () => {
  const raw = mail('large', 'y'.repeat(20 * 1024 * 1024));
  server.deliver({ raw, receivedAt: july18 });
  await connected();
  await client.mailboxOpen('INBOX', { readOnly: true });
  const [read] = await client.fetchAll('1', { source: true });
  expect(read?.source?.equals(raw)).toBe(true); // comparing 20 MB with toEqual takes a minute
});

test('July goes over the wire byte for byte, folder by folder', async () => {
  const july = readJuly(['fixtures/personas', 'fixtures/rehearsal']);
  for (const one of july) server.deliver(one);
  await connected();
  for (const folder of new Set(july.map((one) => one.folder))) {
    const sent = july.filter((one) => one.folder === folder);
    await client.mailboxOpen(folder, { readOnly: true });
    const read = await client.fetchAll('1:*', { source: true, internalDate: true });
    expect(read.map((one) => one.internalDate)).toEqual(sent.map((one) => one.receivedAt));
    expect(read.filter((one, index) => !sent[index]?.raw.equals(one.source ?? Buffer.alloc(0)))).toEqual([]);
  }
  expect(server.changesAsked()).toBe(0);
});

test('a connection lost inside a mail is an error, and the next one works', async () => {
  server.deliver({ raw: mail('m', 'z'.repeat(100_000)), receivedAt: july18 });
  server.script.dropAfterBytes = 50_000;
  await connected();
  await client.mailboxOpen('INBOX', { readOnly: true });
  await expect(client.fetchOne('1', { source: true })).rejects.toMatchObject({ code: expect.any(String) });
  await connected();
  await client.mailboxOpen('INBOX', { readOnly: true });
  expect(await client.fetchOne('1', { source: true })).toMatchObject({ seq: 1 });
});

test('a wrong code and an unsafe login reach the caller in the server’s words', async () => {
  server.script.refuseLogin = true;
  await expect(connected()).rejects.toMatchObject({
    authenticationFailed: true,
    responseText: 'LOGIN Login error or password error',
  });
  server.script.refuseLogin = false;
  server.script.alwaysUnsafe = true;
  await connected();
  await expect(client.mailboxOpen('INBOX', { readOnly: true })).rejects.toMatchObject({
    responseText: expect.stringContaining('Unsafe Login'),
  });
});

test('with IDLE, a waiting client hears of a mail at once', async () => {
  server.script.withIdle = true;
  await connected();
  await client.mailboxOpen('INBOX', { readOnly: true });
  const heard = new Promise<{ count: number }>((resolve) => client.once('exists', resolve));
  const idle = client.idle();
  while (!server.log.some((one) => one.name === 'IDLE')) await new Promise((resolve) => setTimeout(resolve, 5));
  server.deliver({ raw: mail('m'), receivedAt: july18 });
  expect(await heard).toMatchObject({ count: 1 });
  await client.noop();
  await idle;
});
