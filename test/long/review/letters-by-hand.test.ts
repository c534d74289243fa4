import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { history } from '../../../src/office/history.ts';
import { listLetters } from '../../../src/store/letter-list.ts';
import { type Desk, done, openDesk } from '../../support/desk.ts';
import { persona } from '../../support/life.ts';

/** Letters that wait, and what a person does to them before they leave. */
let desk: Desk;
let number = '';
beforeAll(async () => {
  desk = await openDesk('10 08:00');
  await desk.arrives('10 10:00', persona('two-items-missing'));
  number = await desk.numberOf('郭卫东');
}, 60_000);
afterAll(() => desk.close());

const waiting = async () => {
  const letters = await listLetters(desk.office().db, { number });
  const letter = letters.find(({ state }) => state === 'due' || state === 'held');
  if (!letter) throw new Error('no letter waits');
  return letter;
};
/** Bodies are base64 in the file that a letter was written to. */
const left = () =>
  desk
    .outbox()
    .filter((raw) => raw.includes(number))
    .map((raw) => raw.replace(/^[A-Za-z0-9+/=\r\n]{60,}$/gm, (block) => Buffer.from(block, 'base64').toString()));
const words = { subject: '请补两样材料', text: '郭师傅的量化表和荣誉证书还没有收到，请补发。\n' };

describe('a person’s own words', () => {
  test('stay with the letter over a rerun and a rebuilding', async () => {
    const { messageId } = await waiting();
    done(await desk.act({ kind: 'edit_letter', number, letter: messageId, ...words }));
    expect(await waiting()).toMatchObject({ ...words, messageId, state: 'due' });
    expect((await waiting()).html).toContain('郭师傅的量化表');
    await desk.survives();
    expect(await waiting()).toMatchObject(words);
  }, 60_000);

  test('end with the state that the letter tells of, and the history says so', async () => {
    done(await desk.act({ kind: 'accept_requirement', number, requirement: 'honor_certificates', reason: '已看原件' }));
    expect((await waiting()).text).not.toContain('郭师傅');
    expect((await history(desk.office(), number)).map(({ text }) => text)).toContain(
      '材料补正通知中工作人员改过的文字已作废：情况有变化，信已重写',
    );
    await desk.survives();
  }, 60_000);

  test('are what the union reads, once', async () => {
    const { messageId } = await waiting();
    const own = { subject: '只缺量化表了', text: '荣誉证书已看过原件，只缺量化表。\n' };
    done(await desk.act({ kind: 'edit_letter', number, letter: messageId, ...own }));
    await desk.passes('10 10:30');
    await desk.survives();
    expect(left()).toEqual([expect.stringContaining('荣誉证书已看过原件，只缺量化表。')]);
    expect(await desk.act({ kind: 'edit_letter', number, letter: messageId, ...own })).toMatchObject({
      refused: 'invalid',
      forPerson: '这封信已经发出，不能再改',
    });
  }, 60_000);
});

describe('a letter held back', () => {
  test('does not leave at its time, nor after a rerun', async () => {
    done(await desk.act({ kind: 'accept_requirement', number, requirement: 'performance_sheet', reason: '已看原件' }));
    const { messageId } = await waiting();
    done(await desk.act({ kind: 'hold_letter', number, letter: messageId }));
    expect(await waiting()).toMatchObject({ state: 'held', reason: 'wang暂缓发出' });
    await desk.passes('10 11:00');
    await desk.survives();
    expect([left().length, (await waiting()).state]).toEqual([1, 'held']);
  }, 60_000);

  test('let go, leaves once', async () => {
    const { messageId } = await waiting();
    done(await desk.act({ kind: 'release_letter', number, letter: messageId }));
    await desk.passes('10 11:05');
    await desk.survives();
    expect(await desk.letters(number)).toEqual(['correction_request sent', 'receipt sent']);
    expect(left()).toHaveLength(2);
  }, 60_000);
});

test('a decision holds what waits, and taken back lets it go', async () => {
  done(await desk.act({ kind: 'undo', number, act: `${number}/2`, note: '原件不清楚' }));
  expect(await waiting()).toMatchObject({ kind: 'correction_request', state: 'due' });
  const decided = done(await desk.act({ kind: 'decide', number, decision: 'decline', note: '不是一线职工' }));
  expect(await waiting()).toMatchObject({ state: 'held', reason: expect.stringContaining('已有处理意见') });
  done(await desk.act({ kind: 'undo', number, act: decided, note: '核实后是一线' }));
  expect(await waiting()).toMatchObject({ state: 'due', reason: null });
  done(await desk.act({ kind: 'hold_letter', number, letter: (await waiting()).messageId }));
}, 60_000);

test('all that waits is let go in one act, which each application’s history tells', async () => {
  await desk.arrives('10 12:00', persona('blank-template-sent-back'));
  const applications = await desk.office().db.selectFrom('application').select('number').orderBy('id').execute();
  const other = applications.at(-1)?.number ?? '';
  const [letter] = (await listLetters(desk.office().db, { number: other })).filter(({ state }) => state === 'due');
  done(await desk.act({ kind: 'hold_letter', number: other, letter: letter?.messageId ?? '' }));
  done(await desk.act({ kind: 'release_all_held' }));
  expect((await listLetters(desk.office().db)).filter(({ state }) => state === 'held')).toEqual([]);
  for (const each of [number, other])
    expect((await history(desk.office(), each)).map(({ text }) => text)).toContain('放行全部待人工发送的信（2封）');
  await desk.passes('10 13:00');
  await desk.survives();
}, 60_000);
