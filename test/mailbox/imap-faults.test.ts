import { createHash } from 'node:crypto';
import { createServer } from 'node:net';
import { afterEach, expect, test } from '@jest/globals';
import { Failure } from '../../src/errors.ts';
import { MailboxFailure } from '../../src/mailbox/failure.ts';
import { probe } from '../../src/mailbox/probe.ts';
import { type OfficeMailbox, officeMailbox, unionMail } from '../support/office-mailbox.ts';
import { type Behaviour, type ScriptedImap, type ServedMail, startScriptedImap } from '../support/scripted-imap.ts';

let server: ScriptedImap;
let office: OfficeMailbox;

async function start(behaviour: Partial<Behaviour> = {}) {
  server = await startScriptedImap(behaviour);
  office = await officeMailbox();
}
afterEach(async () => {
  await office.stop();
  await server.stop();
});

const subjects = () => [...office.ledger.mails.values()].map(({ arrival }) => arrival.raw.head.subject);
const never = new AbortController().signal;
const large = (bytes: number) => `${unionMail('大附件')}${'JVBERi0xLjQK'.repeat(6)}\r\n`.padEnd(bytes, 'x\r\n');
const hash = (raw: Buffer) => createHash('sha256').update(raw).digest('hex');

test('only what is new, although n:* names the newest mail again and nobody tells a UIDNEXT', async () => {
  await start();
  server.arrive(unionMail('第一封'));
  server.arrive(unionMail('第二封'));
  const mailbox = office.open(server.url);
  expect(await mailbox.poll()).toMatchObject({ kept: [1, 2], known: 0 });
  expect(await mailbox.poll()).toMatchObject({ kept: [], known: 0 });
  server.arrive(unionMail('第三封'));
  expect(await mailbox.poll()).toMatchObject({ kept: [3], known: 0 });
  expect(server.commands.filter((command) => command.includes('BODY.PEEK[]'))).toHaveLength(2);
  const restarted = office.open(server.url);
  expect(await restarted.poll()).toMatchObject({ kept: [], known: 0 });
});

test('nothing is deleted, moved or marked', async () => {
  await start();
  server.arrive(unionMail('推荐材料'));
  const mailbox = office.open(server.url);
  await mailbox.poll();
  await mailbox.sweep();
  await mailbox.count();
  expect(server.commands.filter((command) => /SELECT|STORE|COPY|MOVE|EXPUNGE|APPEND|BODY\[/.test(command))).toEqual([]);
});

test('says who it is before the first folder, also where ID is not advertised', async () => {
  await start({ capabilities: 'IMAP4rev1', idsWanted: 1 });
  await office.open(server.url).poll();
  expect(server.commands.findIndex((each) => each.startsWith('ID ("name" "shouli"'))).toBeLessThan(
    server.commands.findIndex((each) => each.startsWith('EXAMINE')),
  );
});

test('Unsafe Login: says who it is once more', async () => {
  await start({ idsWanted: 3 });
  server.arrive(unionMail('推荐材料'));
  expect(await office.open(server.url).poll()).toMatchObject({ kept: [1] });
});

test.each([
  ['unsafe_login', { idsWanted: 99 }, '授权码'],
  ['login_refused', { login: 'NO LOGIN Login error or password error' }, '授权码'],
  ['imap_off', { login: 'NO LOGIN User has no permission' }, '开启“IMAP/SMTP 服务”'],
  // QQ tells in one sentence everything that may be wrong
  [
    'login_refused',
    { login: 'NO Login fail. Account is abnormal, service is not open, password is incorrect' },
    '授权码',
  ],
] satisfies [string, Partial<Behaviour>, string][])(
  '%s is an alarm of its own, and no second login follows',
  async (trouble, behaviour, advice) => {
    await start(behaviour);
    const mailbox = office.open(server.url);
    const failure = await mailbox.poll().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MailboxFailure);
    expect(failure).toMatchObject({ trouble, kind: 'temporary', forPerson: expect.stringContaining(advice) });
    expect(String(failure)).not.toContain('code'); // ours is the word "code"
    await expect(mailbox.poll()).rejects.toBe(failure);
    await mailbox.waitForNews(50, never);
    await expect(mailbox.sweep()).rejects.toBe(failure);
    expect(server.commands.filter((command) => command.startsWith('LOGIN'))).toHaveLength(1);
    await expect(probe(server.url)).rejects.toMatchObject({ trouble });
  },
);

test('nobody there: unreachable, tried again after a second', async () => {
  await start();
  const { url } = server;
  await server.stop();
  const mailbox = office.open(url);
  await expect(mailbox.poll()).rejects.toMatchObject({
    trouble: 'unreachable',
    forPerson: expect.stringContaining('993'),
  });
  const before = performance.now();
  await mailbox.waitForNews(60_000, never);
  expect(performance.now() - before).toBeGreaterThan(900);
  await expect(mailbox.poll()).rejects.toMatchObject({ trouble: 'unreachable' });
});

test('a server without TLS where TLS is expected', async () => {
  await start();
  await expect(probe(server.url.replace('imap://', 'imaps://'))).rejects.toMatchObject({ trouble: 'tls' });
});

test.each([
  ['too many connections, it says', '* BYE too many connections\r\n', 'refused'],
  ['it hangs up without a word, as a firewall does', '', 'unreachable'],
])('%s', async (_, greeting, trouble) => {
  await start();
  const rude = createServer((socket) => socket.end(greeting)).listen(0, '127.0.0.1');
  await new Promise((resolve) => rude.once('listening', resolve));
  const address = rude.address();
  const port = address && typeof address === 'object' ? address.port : 0;
  await expect(probe(`imap://clerk:code@127.0.0.1:${port}`)).rejects.toMatchObject({ trouble });
  rude.close();
});

test('cut at every 32 KB of a 3 MB mail: never a piece of it is accepted', async () => {
  await start();
  const mail = server.arrive(large(3_000_000));
  for (let cutAfter = 1; cutAfter < mail.raw.length; cutAfter += 32_768) {
    server.behaviour.cutAfter = cutAfter;
    const mailbox = office.open(server.url);
    await expect(mailbox.poll()).rejects.toMatchObject({ trouble: 'dropped' });
    await mailbox.close();
  }
  expect(office.ledger.mails.size).toBe(0);
  expect(office.files()).toEqual([]);
  server.behaviour.cutAfter = Number.POSITIVE_INFINITY;
  await office.open(server.url).poll();
  expect(office.files()).toEqual([`${hash(mail.raw).slice(0, 2)}/${hash(mail.raw)}.eml`]);
});

test('cut at every 512 KB of a 6 MB mail that is fetched piece by piece', async () => {
  await start();
  server.arrive(unionMail('小的'));
  const mail = server.arrive(large(6_000_000));
  for (let cutAfter = 1_000; cutAfter < mail.raw.length; cutAfter += 524_288) {
    server.behaviour.cutAfter = cutAfter;
    const mailbox = office.open(server.url);
    await expect(mailbox.poll()).rejects.toMatchObject({ trouble: 'dropped' });
    await mailbox.close();
  }
  expect(subjects()).toEqual(['小的']);
  server.behaviour.cutAfter = Number.POSITIVE_INFINITY;
  expect(await office.open(server.url).poll()).toMatchObject({ kept: [2], known: 0 });
  expect(office.files()).toContain(`${hash(mail.raw).slice(0, 2)}/${hash(mail.raw)}.eml`);
});

test.each([
  ['gives all of it for every piece', { ignoresPieces: true }],
  ['gives shorter pieces than asked for', { maxPiece: 300_000 }],
  ['talks of flags in between', { chatters: true }],
])('a server that %s', async (_, behaviour) => {
  await start(behaviour);
  const mails = [server.arrive(unionMail('小的')), server.arrive(large(5_000_000))];
  expect(await office.open(server.url).poll()).toMatchObject({ kept: [1, 2], troubles: [] });
  const kept = [...office.ledger.mails.values()].map(({ arrival }) => arrival.raw.sha256);
  expect(kept).toEqual(mails.map(({ raw }) => hash(raw)));
});

test('a server that announces wrong sizes: the mail it gives twice alike is the mail it has', async () => {
  await start();
  for (const raw of [unionMail('小的'), large(5_000_000)]) {
    const mail = server.arrive(raw);
    mail.announced = mail.raw.length + 5_000_000;
  }
  server.arrive(unionMail('少报了')).announced = 10;
  expect(await office.open(server.url).poll()).toMatchObject({ kept: [1, 2, 3], troubles: [] });
});

test.each(['gone', 'refused'] as const)(
  'a mail that is listed but %s holds up no other, and is fetched when it can be',
  async (fault) => {
    await start();
    server.arrive(unionMail('第一封'));
    const stuck = server.arrive(unionMail('卡住的'));
    stuck.fault = fault;
    server.arrive(unionMail('第三封'));
    const mailbox = office.open(server.url);
    const first = await mailbox.poll();
    expect(subjects()).toEqual(['第一封', '第三封']);
    expect(first.troubles).toMatchObject([{ trouble: 'incomplete' }]);
    server.arrive(unionMail('第四封'));
    expect(await mailbox.poll()).toMatchObject({ kept: [3], known: 0, troubles: [{ trouble: 'incomplete' }] });
    delete stuck.fault;
    expect(await mailbox.poll()).toMatchObject({ kept: [4], known: 0, troubles: [] });
    expect(await mailbox.poll()).toMatchObject({ kept: [], known: 0 });
    expect(office.ledger.cursors.get('clerk@126.com|INBOX')?.lastUid).toBe(
      server.folders.get('INBOX')?.mails.at(-1)?.uid,
    );
  },
);

test('expunged between the look and the fetch: nothing to wait for', async () => {
  await start();
  server.arrive(unionMail('第一封'));
  const deleted = server.arrive(unionMail('删掉的'));
  const { rawStore } = office;
  const keep = rawStore.keep;
  rawStore.keep = async (source) => {
    server.folders.get('INBOX')?.mails.splice(0, 2);
    return keep(source);
  };
  deleted.raw = Buffer.from(large(5_000_000)); // fetched after the first, piece by piece
  const result = await office.open(server.url).poll();
  expect(subjects()).toEqual(['第一封']);
  expect(result).toMatchObject({ kept: [1], troubles: [] });
  expect(office.ledger.cursors.get('clerk@126.com|INBOX')?.lastUid).toBe(deleted.uid);
});

test('a clerk switches from 收取最近30天邮件 to 收取全部邮件: the sweep finds what lies below the cursor', async () => {
  await start();
  const recent = server.arrive(unionMail('最近的'));
  const mailbox = office.open(server.url);
  await mailbox.poll();
  const hidden = {
    uid: recent.uid - 3,
    raw: Buffer.from(unionMail('一个多月前的')),
    at: new Date('2018-06-05T02:00:00Z'),
  };
  server.folders.get('INBOX')?.mails.unshift(hidden);
  expect(await mailbox.poll()).toMatchObject({ kept: [] });
  const { folders } = await mailbox.sweep();
  expect(folders).toMatchObject([{ folder: 'INBOX', server: 2, known: 1, fetched: 1, kept: [2], gone: [] }]);
  expect(await mailbox.sweep()).toMatchObject({ folders: [{ server: 2, known: 2, fetched: 0 }] });
});

test('a server that goes back and forth between two numberings has nothing fetched again', async () => {
  await start();
  server.arrive(unionMail('第一封'));
  const mailbox = office.open(server.url);
  const inbox = server.folders.get('INBOX');
  for (const uidValidity of [1, 2, 1, 2, 1]) {
    if (inbox) inbox.uidValidity = uidValidity;
    await mailbox.poll();
  }
  expect(server.commands.filter((command) => command.includes('BODY.PEEK[]'))).toHaveLength(2);
  expect(office.ledger.mails.size).toBe(1);
});

test('a full disk stops the poll; with room again it goes on where it stood', async () => {
  await start();
  for (const subject of ['第一封', '第二封', '第三封']) server.arrive(unionMail(subject));
  const { keep } = office.rawStore;
  let calls = 0;
  office.rawStore.keep = async (source) => {
    calls += 1;
    if (calls === 2) throw new Failure('temporary', '磁盘已满');
    return keep(source);
  };
  const mailbox = office.open(server.url);
  await expect(mailbox.poll()).rejects.toMatchObject({ forPerson: '磁盘已满' });
  expect(office.ledger.cursors.size).toBe(0);
  await mailbox.poll();
  expect(subjects()).toEqual(['第一封', '第二封', '第三封']);
  expect(server.commands.filter((command) => command.startsWith('LOGIN'))).toHaveLength(1);
});

test('polls, sweeps and counts asked for at once are served one after the other', async () => {
  await start({ capabilities: 'IMAP4rev1 ID IDLE' });
  server.folders.set('Junk', { uidValidity: 9, mails: [] });
  server.arrive(unionMail('第一封'));
  const mailbox = office.open(server.url);
  const waiting = mailbox.waitForNews(200, never);
  const [poll, sweep, count] = await Promise.all([mailbox.poll(), mailbox.sweep(), mailbox.count(), waiting]);
  expect(poll).toMatchObject({ kept: [1] });
  expect(sweep.folders.map(({ server: held, known }) => [held, known])).toEqual([
    [1, 1],
    [0, 0],
  ]);
  expect(count.map(({ folder, messages }) => [folder, messages])).toEqual([
    ['INBOX', 1],
    ['Junk', 0],
  ]);
  expect(server.commands.filter((command) => command.startsWith('LOGIN'))).toHaveLength(1);
});

test('a side folder that a clerk deletes is told once and then left alone', async () => {
  await start();
  server.folders.set('Junk', { uidValidity: 9, mails: [] });
  const mailbox = office.open(server.url);
  await mailbox.poll();
  server.folders.delete('Junk');
  server.arrive(unionMail('推荐材料'));
  expect(await mailbox.poll()).toMatchObject({ kept: [1], troubles: [{ trouble: 'refused' }] });
  expect(await mailbox.poll()).toMatchObject({ troubles: [] });
});

test('without INTERNALDATE the topmost Received tells when it came', async () => {
  await start();
  server.arrive(unionMail('推荐材料')).at = null;
  server.arrive(unionMail('上个月的').replace('10 Jul 2018 10:00', '10 May 2018 10:00')).at = null;
  expect(await office.open(server.url).poll()).toMatchObject({ kept: [1], passedOver: 1 });
  const [mail] = [...office.ledger.mails.values()];
  expect(mail?.arrival).toMatchObject({
    receivedFrom: 'received_header',
    receivedAt: new Date('2018-07-10T10:00:00+08:00'),
  });
});

test('a mail of no bytes is a mail', async () => {
  await start();
  server.arrive('');
  server.arrive(unionMail('推荐材料'));
  expect(await office.open(server.url).poll()).toMatchObject({ kept: [1, 2], troubles: [] });
});

test('a line lost while waiting is back after a second, without an alarm', async () => {
  await start({ capabilities: 'IMAP4rev1 ID IDLE' });
  const mailbox = office.open(server.url);
  await mailbox.poll();
  const waiting = mailbox.waitForNews(60_000, never);
  setTimeout(() => server.cutAll(), 50);
  await waiting;
  server.arrive(unionMail('推荐材料'));
  expect(await mailbox.poll()).toMatchObject({ kept: [1] });
});

test('with IDLE news is told at once; without it the wait takes its time', async () => {
  await start({ capabilities: 'IMAP4rev1 ID IDLE' });
  const mailbox = office.open(server.url);
  await mailbox.poll();
  const before = performance.now();
  const waiting = mailbox.waitForNews(10_000, never);
  setTimeout(() => server.arrive(unionMail('推荐材料')), 50);
  await waiting;
  expect(performance.now() - before).toBeLessThan(1_000);
  expect(await mailbox.poll()).toMatchObject({ kept: [1] });
  server.behaviour.capabilities = 'IMAP4rev1 ID';
  const plain = office.open(server.url);
  await plain.poll();
  const start2 = performance.now();
  await plain.waitForNews(300, never);
  expect(performance.now() - start2).toBeGreaterThan(290);
});

test('mail that came while another folder was open is fetched right after, and then nothing more is news', async () => {
  await start({ capabilities: 'IMAP4rev1 ID IDLE' });
  server.folders.set('Sent', { uidValidity: 1, mails: [] });
  const mailbox = office.open(server.url);
  await mailbox.poll();
  const before = performance.now();
  const waiting = mailbox.waitForNews(20_000, never);
  await mailbox.sentLetters(); // a letter is about to leave
  server.arrive(unionMail('推荐材料')); // a server tells of the open folder alone
  await waiting;
  expect(performance.now() - before).toBeLessThan(5_000);
  expect(await mailbox.poll()).toMatchObject({ kept: [1] });
  const after = performance.now();
  await mailbox.waitForNews(1_500, never);
  expect(performance.now() - after).toBeGreaterThan(1_490);
});

test('news of INBOX does not end the trouble of another folder', async () => {
  await start({ capabilities: 'IMAP4rev1 ID IDLE' });
  server.folders.set('Junk', { uidValidity: 9, mails: [] });
  const mailbox = office.open(server.url);
  await mailbox.poll();
  const stuck: ServedMail = { uid: 1, raw: Buffer.from(unionMail('卡住的')), at: new Date(), fault: 'gone' };
  server.folders.get('Junk')?.mails.push(stuck);
  expect(await mailbox.poll()).toMatchObject({ kept: [], troubles: [{ trouble: 'incomplete' }] });
  const waiting = mailbox.waitForNews(10_000, never);
  setTimeout(() => server.arrive(unionMail('推荐材料')), 50);
  await waiting;
  expect(await mailbox.poll()).toMatchObject({ kept: [1], troubles: [{ trouble: 'incomplete' }] });
  delete stuck.fault;
  expect(await mailbox.poll()).toMatchObject({ kept: [2], troubles: [] });
});

test('told to stop, it stops waiting', async () => {
  await start();
  const mailbox = office.open(server.url);
  await mailbox.poll();
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 30);
  const before = performance.now();
  await mailbox.waitForNews(60_000, stop.signal);
  expect(performance.now() - before).toBeLessThan(1_000);
});
