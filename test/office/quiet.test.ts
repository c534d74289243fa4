import { expect, test } from '@jest/globals';
import { done, openDesk } from '../support/desk.ts';
import { persona } from '../support/life.ts';

test('three things set right in two minutes: the union hears once, of the last, twenty minutes after it', async () => {
  const desk = await openDesk('12 08:00');
  try {
    await desk.arrives('12 10:00', persona('complete-in-one-mail'));
    const number = await desk.numberOf('李建国');
    await desk.passes('12 10:00:30');
    expect(await desk.letters(number)).toEqual(['receipt sent']); // materials that came complete are thanked for at once
    for (const [when, name] of [
      ['12 14:00', '李建围'],
      ['12 14:01', '李建'],
      ['12 14:02', '李健国'],
    ] as const) {
      await desk.passes(when);
      done(await desk.act({ kind: 'set_nominee', number, name }));
    }
    await desk.passes('12 14:21:59');
    expect(await desk.letters(number)).toEqual(['receipt sent', 'receipt due']);
    await desk.passes('12 14:22:00');
    expect(await desk.letters(number)).toEqual(['receipt sent', 'receipt sent']);
    expect(desk.outbox().filter((raw) => raw.includes(number))).toHaveLength(2);
    await desk.survives();
  } finally {
    await desk.close();
  }
}, 60_000);

test('a person who presses send after setting something right is not made to wait', async () => {
  const desk = await openDesk('12 08:00', { LETTERS: 'hold' });
  try {
    await desk.arrives('12 10:00', persona('complete-in-one-mail'));
    const number = await desk.numberOf('李建国');
    await desk.passes('12 14:00');
    done(await desk.act({ kind: 'set_nominee', number, name: '李健国' }));
    expect(await desk.letters(number)).toEqual(['receipt held']);
    await desk.passes('12 14:01');
    done(await desk.act({ kind: 'release_all_held' }));
    await desk.rerunAll();
    expect(await desk.letters(number)).toEqual(['receipt sent']);
    await desk.survives();
  } finally {
    await desk.close();
  }
}, 60_000);
