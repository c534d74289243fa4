import { expect, test } from '@jest/globals';
import { performAct } from '../../src/office/act.ts';
import { bringFile } from '../../src/office/bring-file.ts';
import { listActs } from '../../src/store/acts.ts';
import { type Desk, done, openDesk } from '../support/desk.ts';
import { persona } from '../support/life.ts';

/** The office with a database that goes away after the journal was told and before the commit. */
function losingItsDatabase({ office }: Desk) {
  const { recorder, ...books } = office();
  const write: typeof recorder.journal.write = async (...entries) => {
    const at = await recorder.journal.write(...entries);
    if (entries.some(({ event }) => event === 'acted')) throw new Error('connection terminated');
    return at;
  };
  return { ...books, recorder: { ...recorder, journal: { ...recorder.journal, write } } };
}

test('an act that the journal names and that took no effect is done by nobody, once another was done', async () => {
  const desk = await openDesk('10 08:00');
  await desk.arrives('10 10:00', persona('two-items-missing'));
  const number = await desk.numberOf('郭卫东');
  const before = await desk.record(number);
  const torn = performAct(
    losingItsDatabase(desk),
    { kind: 'decide', number, decision: 'decline', note: '误点', by: 'li' },
    null,
  );
  await expect(torn).rejects.toThrow('connection terminated');
  expect(await desk.record(number)).toEqual(before);
  done(await desk.act({ kind: 'decide', number, decision: 'accept', note: '齐全' }));
  const files = [{ name: '荣誉.jpg', bytes: Buffer.from('no picture') }];
  await expect(bringFile(losingItsDatabase(desk), { number, files, by: 'li' }, null)).rejects.toThrow();
  expect(await desk.messages()).toHaveLength(1);
  done(await bringFile(desk.office(), { number, files, by: 'wang' }, null));
  await desk.survives();
  expect((await desk.record(number)).status).toBe('accepted');
  expect((await listActs(desk.office().db, { number })).map(({ id, by }) => `${id} ${by}`)).toEqual([
    `${number}/1 wang`,
    `${number}/2 wang`,
  ]);
  expect(await desk.messages()).toHaveLength(2);
  await desk.close();
}, 60_000);
