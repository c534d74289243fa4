import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, test } from '@jest/globals';
import { unionMail } from '../support/office-mailbox.ts';
import { startScriptedImap } from '../support/scripted-imap.ts';

test('a mail of 50 MB passes through the process without filling it', async () => {
  const server = await startScriptedImap();
  const dataDir = mkdtempSync(join(tmpdir(), 'large-'));
  const child = spawn(
    process.execPath,
    ['--expose-gc', '--import', 'tsx', 'test/mailbox/large-mail-child.ts', server.url, dataDir],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
  expect((await lines.next()).value).toBe('ready');
  const line = `${'JVBERi0xLjQKJeLjz9MK'.repeat(4).slice(0, 76)}\r\n`;
  server.arrive(Buffer.concat([Buffer.from(unionMail('大附件')), Buffer.from(line.repeat(50e6 / line.length))]));
  child.stdin.write('go\n');
  const told = JSON.parse((await lines.next()).value ?? '{}');
  expect(told.kept).toBe(1);
  expect(told.risen).toBeLessThan(60);
  console.log(`50 MB mail: ${told.risen} MB above the ${told.idle} MB of an idle process`);
  await server.stop();
  rmSync(dataDir, { recursive: true, force: true });
});
