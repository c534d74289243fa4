import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { history } from '../../src/office/history.ts';
import { listApplications } from '../../src/store/lists.ts';
import { type Desk, done, openDesk } from '../support/desk.ts';
import { persona } from '../support/life.ts';

/** Where a person puts what came: it stays there whatever the joining would say. */
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk('12 08:00');
  for (const number of [1, 2, 3])
    await desk.arrives(`12 10:0${number}`, persona('three-mails-one-application', number));
  await desk.arrives('12 10:04', persona('two-nominees-one-mail'));
  await desk.arrives('12 10:05', persona('two-items-missing'));
  await desk.passes('12 11:00');
}, 60_000);
afterAll(() => desk.close());

const states = async (number: string) => {
  const { requirements } = await desk.record(number);
  return Object.values(requirements).map(({ state }) => state);
};
const complete = ['present', 'present', 'present', 'present', 'present', 'present'];
const newest = async () => (await listApplications(desk.office().db)).at(-1)?.number ?? '';

describe('a share that belongs to somebody else', () => {
  let number = '';
  let act = '';
  let opened = '';
  test('goes into an application of its own; both are told of as they are now', async () => {
    number = await desk.numberOf('杨䶮');
    expect(await states(number)).toEqual(complete);
    const [, , third = ''] = await desk.shares(number);
    act = done(await desk.act({ kind: 'split', number, share: third, to: 'new' }));
    opened = await newest();
    expect(opened).toBe('JZGJ-2018-0005');
    expect([await desk.shares(number), await desk.shares(opened)]).toEqual([expect.any(Array), [third]]);
    expect(await desk.record(number)).toMatchObject({ complete: false });
    expect(await desk.record(opened)).toMatchObject({ nominee: '杨䶮', isGone: false });
    await desk.survives();
    expect(await desk.shares(opened)).toEqual([third]);
  }, 60_000);

  test('comes back when that is taken back; the number given stays, holds nothing and asks for nothing', async () => {
    done(await desk.act({ kind: 'undo', number, act, note: '是同一人' }));
    expect(await states(number)).toEqual(complete);
    expect(await desk.record(opened)).toMatchObject({ isGone: true, mergedInto: null });
    expect((await desk.letters(opened)).filter((letter) => /due|held/.test(letter))).toEqual([]);
    await desk.survives();
    expect(await desk.shares(opened)).toEqual([]);
    expect(await desk.act({ kind: 'set_nominee', number: opened, name: '谁' })).toMatchObject({ refused: 'invalid' });
  }, 60_000);

  test('goes into another that is there already, and on from there', async () => {
    const other = await desk.numberOf('郭卫东');
    const [, second = ''] = await desk.shares(number);
    const first = done(await desk.act({ kind: 'split', number, share: second, to: other }));
    expect(await desk.shares(other)).toContain(second);
    await desk.survives();
    const on = await desk.numberOf('白玉山');
    done(await desk.act({ kind: 'split', number: other, share: second, to: on }));
    done(await desk.act({ kind: 'undo', number, act: first, note: '已另行处理' }));
    expect(await desk.shares(on)).toContain(second); // the later word stands
    await desk.survives();
    done(await desk.act({ kind: 'split', number: on, share: second, to: number }));
    expect(await states(number)).toEqual(complete);
    await desk.survives();
  }, 90_000);

  test('the last share of an application cannot leave it', async () => {
    const other = await desk.numberOf('郭卫东');
    const [only = ''] = await desk.shares(other);
    expect(await desk.act({ kind: 'split', number: other, share: only, to: 'new' })).toMatchObject({
      refused: 'invalid',
      forPerson: expect.stringContaining('并入'),
    });
  });
});

describe('two applications that are one', () => {
  let from = '';
  let into = '';
  let act = '';
  test('merged: one holds all, the other says where it went, and is answered no more', async () => {
    [from, into] = [await desk.numberOf('郭卫东'), await desk.numberOf('白玉山')];
    act = done(await desk.act({ kind: 'merge', number: from, into }));
    expect(await desk.record(from)).toMatchObject({ isGone: true, mergedInto: into });
    expect([await desk.shares(from), (await desk.shares(into)).length]).toEqual([[], 2]);
    expect((await desk.letters(from)).filter((letter) => /due|held/.test(letter))).toEqual([]);
    for (const one of [from, into])
      expect((await history(desk.office(), one)).map(({ text }) => text)).toContain(`${from} 并入 ${into}`);
    await desk.survives();
  }, 60_000);

  test('what comes later for the one that is gone goes where it went', async () => {
    await desk.arrives('12 12:00', again('two-items-missing'));
    expect([await desk.shares(from), (await desk.shares(into)).length]).toEqual([[], 3]);
    await desk.survives();
    expect(await desk.act({ kind: 'merge', number: into, into: from })).toMatchObject({
      refused: 'invalid',
      forPerson: `${from} 已并入 ${into}，请到那一件处理`,
    });
  }, 60_000);

  test('taken back: each has its own again, also what came in between', async () => {
    done(await desk.act({ kind: 'undo', number: from, act, note: '两个人' }));
    expect(await desk.record(from)).toMatchObject({ isGone: false, mergedInto: null, nominee: '郭卫东' });
    expect([(await desk.shares(from)).length, (await desk.shares(into)).length]).toEqual([2, 1]);
    await desk.survives();
  }, 60_000);
});

describe('materials that joined nothing for sure', () => {
  test('are placed, and the mail is recorded; taken back, they wait again', async () => {
    const into = await desk.numberOf('郭卫东');
    await desk.arrives('12 13:00', namelessFrom('0391000111@qq.com'));
    const waits = async () => (await desk.messages()).at(-1);
    expect(await waits()).toMatchObject({ fate: 'set_aside', reasonCode: 'unplaced', needsPerson: true });
    const share = `${await desk.mail('补充材料')}#0`;
    const act = done(await desk.act({ kind: 'place', share, to: into }));
    expect(await waits()).toMatchObject({ fate: 'recorded', needsPerson: false, applications: [into] });
    await desk.survives();
    expect(await desk.act({ kind: 'place', share, to: into })).toMatchObject({ refused: 'invalid' });
    done(await desk.act({ kind: 'undo', number: into, act, note: '不是他的' }));
    expect(await waits()).toMatchObject({ fate: 'set_aside', reasonCode: 'unplaced', needsPerson: true });
    await desk.survives();
    done(await desk.act({ kind: 'place', share, to: 'new' }, null));
    expect(await waits()).toMatchObject({ fate: 'recorded', applications: [await newest()] });
    await desk.survives();
  }, 90_000);
});

describe('a mail that the machine judged wrongly', () => {
  test('ruled an application, ruled none, and left to the machine again', async () => {
    const mail = await desk.mail('补充材料');
    const fate = async () => (await desk.messages()).at(-1)?.reasonCode ?? (await desk.messages()).at(-1)?.fate;
    for (const [ruled, comes] of [
      ['set_aside', 'ruled'],
      ['application', 'recorded'],
      [null, 'recorded'],
    ] as const) {
      done(await desk.act({ kind: 'rule', mail, ruled }));
      await desk.office().work();
      expect(await fate()).toBe(comes);
      await desk.survives();
    }
  }, 90_000);
});

function again(story: string): Buffer {
  const raw = persona(story).toString('latin1');
  return Buffer.from(raw.replace(/^Message-ID: </im, 'Message-ID: <again.'), 'latin1');
}

/** A clerk with two nominees sends one certificate more and does not say whose. */
function namelessFrom(address: string): Buffer {
  const lines = [
    'Received: from mail.example.com by mx1; Tue, 12 Jul 2018 13:00:00 +0800',
    `From: <${address}>`,
    `Subject: =?utf-8?B?${Buffer.from('焦作工匠补充材料').toString('base64')}?=`,
    'Message-ID: <nameless@example.com>',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary=x',
    '',
    '--x',
    'Content-Type: text/plain; charset=utf-8',
    '',
    '补充一份荣誉证书，见附件。',
    '--x',
    `Content-Type: application/octet-stream; name="=?utf-8?B?${Buffer.from('荣誉证书.rar').toString('base64')}?="`,
    'Content-Transfer-Encoding: base64',
    '',
    Buffer.from('Rar!\x1a\x07\x00 not really').toString('base64'),
    '--x--',
    '',
  ];
  return Buffer.from(lines.join('\r\n'));
}
