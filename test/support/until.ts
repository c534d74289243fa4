import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Waits until something is so.
 *
 * @returns how long that took, milliseconds
 * @throws when it is not so after `wallMs`
 */
export async function until(isSo: () => boolean | Promise<boolean>, wallMs = 20_000): Promise<number> {
  const began = performance.now();
  while (!(await isSo())) {
    if (performance.now() - began > wallMs) throw new Error(`not so within ${wallMs} ms: ${isSo}`);
    await sleep(10);
  }
  return performance.now() - began;
}
