import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from '@jest/globals';
import { openLetterSweeps } from '../../src/office/letter-sweeps.ts';

/** Looks as they begin, in milliseconds since the office opened; each lasts as long as told. */
function watched(lastsMs = 0) {
  const opened = performance.now();
  const begun: number[] = [];
  let atOnce = 0;
  let mostAtOnce = 0;
  const sweeps = openLetterSweeps(async () => {
    begun.push(performance.now() - opened);
    mostAtOnce = Math.max(mostAtOnce, ++atOnce);
    await sleep(lastsMs);
    atOnce -= 1;
  });
  return { sweeps, begun, mostAtOnce: () => mostAtOnce };
}

describe('looks for letters that have fallen due', () => {
  test('a mail that comes alone waits for nothing', async () => {
    const { sweeps, begun } = watched();
    sweeps.soon();
    await sleep(100);
    expect(begun).toHaveLength(1);
    await sweeps.close();
  });

  test('thirty mails in a second share a look each quarter of it, and the last is not forgotten', async () => {
    const { sweeps, begun } = watched();
    for (let mail = 0; mail < 30; mail += 1) {
      sweeps.soon();
      await sleep(33);
    }
    const before = begun.length;
    sweeps.soon();
    await sleep(400);
    expect(begun.length).toBeGreaterThan(before);
    expect(begun.length).toBeGreaterThanOrEqual(4);
    expect(begun.length).toBeLessThanOrEqual(7);
    const gaps = begun.slice(1).map((at, index) => at - (begun[index] ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(200);
    await sweeps.close();
  });

  test('a look that lasts is not joined by a second, and one asked for meanwhile follows', async () => {
    const { sweeps, begun, mostAtOnce } = watched(600);
    sweeps.soon();
    await sleep(50);
    sweeps.soon();
    await sleep(1_000);
    expect(begun).toHaveLength(2);
    expect(mostAtOnce()).toBe(1);
    await sweeps.close();
  });

  test('who waits for all of them waits for no pause', async () => {
    const { sweeps, begun } = watched();
    sweeps.soon();
    await sleep(30);
    sweeps.soon();
    const from = performance.now();
    expect(await sweeps.settled()).toBe(2);
    expect(performance.now() - from).toBeLessThan(150);
    expect(begun).toHaveLength(2);
    await sweeps.close();
  });

  test('closing waits for the one under way and begins no other', async () => {
    const { sweeps, begun } = watched(300);
    sweeps.soon();
    await sleep(50);
    sweeps.soon();
    const from = performance.now();
    await sweeps.close();
    expect(performance.now() - from).toBeGreaterThan(150);
    sweeps.soon();
    await sleep(400);
    expect(begun).toHaveLength(1);
  });
});
