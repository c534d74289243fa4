import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { listApplications } from '../../src/store/application-list.ts';
import { addDecision } from '../../src/store/decisions.ts';
import { countLedger } from '../../src/store/ledger-count.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { forget, remember } from '../../src/store/office-state.ts';
import { arrives, at, letters, passes, persona, release, rerunAll } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';

/** When and whether letters leave: a mailbox as NetEase's, a real database and queue, an SMTP server. */
let server: NeteaseServer;
let smtp: ScriptedSmtp;
let office: TestOffice;

async function opens(said: string, given: NodeJS.Dict<string>): Promise<void> {
  [server, smtp] = await Promise.all([startNeteaseServer(), startScriptedSmtp()]);
  office = await openTestOffice({ IMAP_URL: server.url, SMTP_URL: smtp.url, ...given }, at(said).toISOString());
}
async function closes(): Promise<void> {
  await office.close();
  await Promise.all([server.close(), smtp.close()]);
}

/** Who got a letter since the last look. */
const sent = () => smtp.delivered.splice(0).map(({ to }) => to.join());
const applicationOf = async (nominee: string) => {
  const found = (await listApplications(office.db)).find((one) => one.nominee === nominee);
  if (!found) throw new Error(`no application of ${nominee}`);
  return found;
};
const lettersOf = async (nominee: string) => listLetters(office.db, { number: (await applicationOf(nominee)).number });

/** A demand that names the last day. */
const dated = /请于7月20日前/;

describe('a July with LETTERS=auto', () => {
  beforeAll(() => opens('10 08:00', { LETTERS: 'auto', DIGEST_TO: 'head@office.example' }));
  afterAll(closes);

  test('20 minutes after what lacks something, at once after what is complete', async () => {
    await arrives(office, server, '10 10:00:00', persona('two-items-missing'));
    await passes(office, '10 10:19:59');
    expect(sent()).toEqual(['head@office.example']); // the morning's digest
    await arrives(office, server, '10 10:19:59', persona('complete-in-one-mail'));
    expect(sent()).toEqual(['jfq-gonghui@163.com']);
    await passes(office, '10 10:20:00');
    expect(sent()).toEqual(['mcq-gonghui@163.com']);
  });

  test('the digest comes at its hour, also after a quiet day, once', async () => {
    await passes(office, '11 08:29:59');
    expect(sent()).toEqual([]);
    await passes(office, '11 08:30:00');
    await passes(office, '11 12:00:00');
    expect(sent()).toEqual(['head@office.example']);
    await passes(office, '12 08:30:00');
    expect(sent()).toEqual(['head@office.example']);
  });

  test('another mail of an application starts its 20 minutes anew; one letter tells of all', async () => {
    await arrives(office, server, '12 10:00:00', persona('three-mails-one-application', 1));
    await arrives(office, server, '12 10:15:00', persona('three-mails-one-application', 2));
    await passes(office, '12 10:34:59');
    expect(sent()).toEqual([]);
    await passes(office, '12 10:35:00');
    expect(sent()).toEqual(['gxq-gonghui@163.com']);
    await arrives(office, server, '12 10:40:00', persona('three-mails-one-application', 3));
    expect(sent()).toEqual(['gxq-gonghui@163.com']);
    expect((await lettersOf('杨䶮')).map(({ kind }) => kind)).toEqual(['correction_request', 'receipt']);
  });

  test('machines, our own letters and people with a question get none', async () => {
    for (const story of [
      'advertisement',
      'bounce-of-our-letter',
      'out-of-office-with-header',
      'out-of-office-without-header',
      'own-letter-arriving-back',
      'question-without-attachment',
      'another-departments-letter',
    ])
      server.deliver({ raw: persona(story), receivedAt: at('12 11:00:00') });
    await passes(office, '12 12:00:00');
    expect(sent()).toEqual([]);
  });

  test('the same mail in two folders is one mail, one letter, and counts in both folders', async () => {
    const raw = persona('list-says-none');
    server.deliver({ raw, receivedAt: at('12 13:00:00'), folder: '垃圾邮件' });
    server.deliver({ raw, receivedAt: at('12 13:00:05') });
    await passes(office, '12 14:00:00');
    expect(sent()).toEqual(['xw-gonghui@126.com']);
    const mails = await listMessages(office.db);
    expect(mails.filter(({ from }) => from === 'xw-gonghui@126.com').map(({ sightings }) => sightings)).toEqual([2]);
    const { places } = await countLedger(office.db);
    expect(Object.fromEntries(places.map(({ folder, ledger }) => [folder, ledger]))).toEqual({
      INBOX: 13,
      垃圾邮件: 1,
    });
  });

  test('all mails again from raw: nothing changes and nobody gets a letter', async () => {
    const before = await listApplications(office.db);
    expect(await rerunAll(office)).toBe(13);
    await passes(office, '12 18:00:00');
    expect(sent()).toEqual([]);
    expect(await listApplications(office.db)).toEqual(before);
  });

  test('while letters are stopped they wait; resumed, each goes once', async () => {
    await remember(office.db, 'letters_stopped', '人工停止');
    await arrives(office, server, '13 09:00:00', persona('below-senior-worker'));
    await passes(office, '13 09:00:01');
    expect(sent()).toEqual([]);
    await forget(office.db, 'letters_stopped');
    await office.work();
    await office.work();
    expect(sent()).toEqual(['head@office.example', 'wx-gonghui@163.com']);
  });

  test('what comes after a decision is recorded; whether the union is told, a person decides', async () => {
    await arrives(office, server, '13 10:00:00', persona('correction-completes', 1));
    await passes(office, '13 11:00:00');
    expect(sent()).toEqual(['0391000101@qq.com']);
    const { id } = await applicationOf('孙玉峰');
    await addDecision(office.db, id, { kind: 'accept', note: '照片已当面收到', by: 'wang' }, office.clock.now());
    await arrives(office, server, '13 11:30:00', persona('correction-completes', 2));
    expect(await applicationOf('孙玉峰')).toMatchObject({ status: 'accepted', complete: true });
    expect(sent()).toEqual([]);
    expect((await lettersOf('孙玉峰')).map(({ kind, state }) => [kind, state])).toEqual([
      ['correction_request', 'sent'],
      ['receipt', 'held'],
    ]);
  });

  test('3 minutes instead of 20 in the last 24 hours', async () => {
    await arrives(office, server, '19 23:59:59', persona('blank-template-sent-back'));
    await arrives(office, server, '20 00:00:00', persona('wrong-check-digits'));
    sent();
    await passes(office, '20 00:02:59');
    expect(sent()).toEqual([]);
    await passes(office, '20 00:03:00');
    expect(sent()).toEqual(['wz-gonghui@163.com']);
    await passes(office, '20 00:19:58');
    expect(sent()).toEqual([]);
    await passes(office, '20 00:19:59');
    expect(sent()).toEqual(['ba-gonghui@163.com']);
  });

  test('what falls due at the cut-off asks without a date, and a person sends it', async () => {
    await arrives(office, server, '20 23:56:59', persona('correction-in-two-steps', 1));
    await arrives(office, server, '20 23:57:00', persona('last-day-in-three', 1));
    sent();
    await passes(office, '20 23:59:59');
    expect(sent()).toEqual(['0391000115@qq.com']);
    expect((await lettersOf('董和平'))[0]?.text).toMatch(dated);
    await passes(office, '21 00:10:00');
    expect(sent()).toEqual([]);
    const [letter] = await lettersOf('梁占元');
    expect(letter).toMatchObject({
      kind: 'correction_request',
      state: 'held',
      reason: expect.stringContaining('截止'),
    });
    expect(letter?.text).not.toMatch(dated);
  });

  test('at midnight and after: told once that it came, whatever else comes', async () => {
    await arrives(office, server, '21 00:20:00', persona('sent-before-arrived-after'));
    expect(sent()).toEqual(['0391000107@qq.com']);
    await arrives(office, server, '22 00:00:00', persona('a-day-later'));
    await passes(office, '22 08:00:00');
    expect(sent()).toEqual(['head@office.example', 'wz-gonghui@163.com']);
    expect((await lettersOf('宋家豪')).map(({ kind }) => kind)).toEqual(['late_notice']);
  });
});

describe('other ways to send', () => {
  afterEach(closes);

  test('LETTERS=hold: each letter waits until a person sends it', async () => {
    await opens('10 08:00', { LETTERS: 'hold', QUIET_MINUTES: '0' });
    await arrives(office, server, '10 10:00:00', persona('two-items-missing'));
    await arrives(office, server, '10 10:05:00', persona('complete-in-one-mail'));
    await passes(office, '10 12:00:00');
    expect(await letters(office)).toEqual(['correction_request held', 'receipt held']);
    expect(sent()).toEqual([]);
    const [first] = await listLetters(office.db);
    await release(office, [first?.id ?? 0]);
    expect(sent()).toEqual(['mcq-gonghui@163.com']);
    await release(office);
    expect(sent()).toEqual(['jfq-gonghui@163.com']);
    await rerunAll(office);
    expect(await letters(office)).toEqual(['correction_request sent', 'receipt sent']);
  });

  test('LETTERS=observe: everything is recorded, no letter is written', async () => {
    await opens('10 08:00', { LETTERS: 'observe', QUIET_MINUTES: '0' });
    await arrives(office, server, '10 10:00:00', persona('two-items-missing'));
    expect(await listApplications(office.db)).toHaveLength(1);
    expect(await listLetters(office.db)).toEqual([]);
  });

  test('LETTERS not set: mail from before the first meeting waits for a person once, later mail does not', async () => {
    await opens('13 08:00', { QUIET_MINUTES: '0' });
    server.deliver({ raw: persona('correction-completes', 1), receivedAt: at('09 16:08:21') });
    server.deliver({ raw: persona('complete-in-one-mail'), receivedAt: at('12 10:21:33') });
    await office.work();
    expect(await letters(office)).toEqual(['correction_request held', 'receipt held']);
    await arrives(office, server, '13 09:50:33', persona('correction-completes', 2));
    expect(sent()).toEqual(['0391000101@qq.com']);
    await arrives(office, server, '13 10:00:00', persona('two-items-missing'));
    expect(sent()).toEqual(['mcq-gonghui@163.com']);
    await rerunAll(office);
    expect(await letters(office)).toEqual(['receipt held', 'receipt sent', 'correction_request sent']);
    await release(office);
    expect(sent()).toEqual(['jfq-gonghui@163.com']);
  });

  test('LETTERS=auto said aloud: older mail is answered like any other; mail from before the round never', async () => {
    await opens('13 08:00', { LETTERS: 'auto' });
    server.deliver({ raw: persona('complete-in-one-mail'), receivedAt: new Date('2018-05-31T15:59:59Z') });
    server.deliver({ raw: persona('below-senior-worker'), receivedAt: new Date('2018-05-31T16:00:00Z') });
    await office.work();
    expect(sent()).toEqual(['wx-gonghui@163.com']);
    expect((await listMessages(office.db)).map(({ fate }) => fate)).toEqual(['before_round', 'recorded']);
  });

  test('two mails of one application lie in the box: one letter about both', async () => {
    await opens('13 08:00', { LETTERS: 'auto', QUIET_MINUTES: '0' });
    server.deliver({ raw: persona('correction-completes', 1), receivedAt: at('12 09:00:00') });
    server.deliver({ raw: persona('correction-completes', 2), receivedAt: at('12 09:30:00') });
    await office.work();
    expect(await letters(office)).toEqual(['receipt sent']);
  });

  test('a demand that was due in time and could not leave is held after the cut-off, its date taken out', async () => {
    await opens('20 23:00', { LETTERS: 'auto' });
    await remember(office.db, 'letters_stopped', '人工停止');
    await arrives(office, server, '20 23:50:00', persona('late-supplement', 1));
    expect((await lettersOf('顾春雨'))[0]).toMatchObject({ state: 'due', text: expect.stringMatching(dated) });
    await passes(office, '21 00:00:00');
    await forget(office.db, 'letters_stopped');
    await office.work();
    expect(sent()).toEqual([]);
    const [letter] = await lettersOf('顾春雨');
    expect(letter).toMatchObject({ state: 'held', text: expect.not.stringMatching(dated) });
    await release(office);
    expect(sent()).toEqual(['mz-gonghui@163.com']);
  });
});
