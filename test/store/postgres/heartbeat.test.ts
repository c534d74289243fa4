import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { machineNow } from '../../../src/clock.ts';
import { refuseIfUsedElsewhere } from '../../../src/store/postgres/heartbeat.ts';

test('a heartbeat of before the clock was set back by an hour: a start waits ten seconds, not an hour', async () => {
  const state = mkdtempSync(join(tmpdir(), 'shouli-beat-'));
  const file = join(state, 'in-use');
  writeFileSync(file, 'pid:[1]');
  const inAnHour = machineNow().getTime() / 1_000 + 3_600;
  utimesSync(file, inAnHour, inAnHour);
  const began = performance.now();
  await refuseIfUsedElsewhere(state);
  expect(performance.now() - began).toBeLessThan(12_000);
  rmSync(state, { recursive: true });
}, 15_000);
