import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { listApplications } from '../../../src/store/application-list.ts';
import { listUnplaced } from '../../../src/store/shares.ts';
import { type Desk, done, openDesk } from '../../support/desk.ts';
import { namelessMail, persona } from '../../support/life.ts';

/** A clerk who sent for two nominees sends more and does not say whose: a person places it. */
let desk: Desk;
beforeAll(async () => {
  desk = await openDesk('12 08:00');
  await desk.arrives('12 10:04', persona('two-nominees-one-mail'));
  await desk.arrives('12 10:05', persona('two-items-missing'));
  await desk.passes('12 11:00');
}, 60_000);
afterAll(() => desk.close());

const newest = async () => (await listApplications(desk.office().db)).at(-1)?.number ?? '';

describe('materials that joined nothing for sure', () => {
  test('are placed, and the mail is recorded; taken back, they wait again', async () => {
    const into = await desk.numberOf('郭卫东');
    await desk.arrives('12 13:00', namelessMail('0391000111@qq.com'));
    const waits = async () => (await desk.messages()).at(-1);
    expect(await waits()).toMatchObject({ fate: 'set_aside', reasonCode: 'unplaced', needsPerson: true });
    const [unplaced] = await listUnplaced(desk.office().db);
    expect(unplaced).toMatchObject({ nominee: null, perhaps: ['JZGJ-2018-0001', 'JZGJ-2018-0002'] });
    const share = unplaced?.ref ?? '';
    const act = done(await desk.act({ kind: 'place', share, to: into }));
    expect(await waits()).toMatchObject({ fate: 'recorded', needsPerson: false, applications: [into] });
    await desk.survives();
    expect(await desk.act({ kind: 'place', share, to: into })).toMatchObject({ refused: 'invalid' });
    done(await desk.act({ kind: 'undo', number: into, act, note: '不是他的' }));
    expect(await waits()).toMatchObject({ fate: 'set_aside', reasonCode: 'unplaced', needsPerson: true });
    await desk.rerunAll();
    expect(await waits()).toMatchObject({ fate: 'set_aside', reasonCode: 'unplaced', needsPerson: true });
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
    }
    await desk.survives();
  }, 90_000);
});
