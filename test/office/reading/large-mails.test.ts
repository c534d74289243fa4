import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openReader } from '../../../src/documents/reader.ts';
import { takeIn } from '../../../src/intake/index.ts';
import { understandingOf } from '../../../src/intake/understood.ts';
import { openLargeMails } from '../../../src/office/reading/large-mails.ts';
import { at, persona } from '../../support/life.ts';
import { notice } from '../../support/notice.ts';

const folder = mkdtempSync(join(tmpdir(), 'shouli-large-'));
const reader = openReader();
const ownAddresses = [notice.mailbox];
const largeMails = openLargeMails({ configDir: 'config', notice: notice.code, ownAddresses, converted: null });
afterAll(async () => {
  largeMails.close();
  await reader.close();
  rmSync(folder, { recursive: true });
});

function kept(raw: Buffer) {
  const sha256 = createHash('sha256').update(raw).digest('hex');
  const path = join(folder, `${sha256}.eml`);
  writeFileSync(path, raw);
  return { file: '7', sha256, receivedAt: at('12 10:21:33'), path };
}

test('a mail understood by a process of its own is understood as by this one', async () => {
  const raw = persona('two-nominees-one-mail');
  const { path, ...message } = kept(raw);
  const here = understandingOf(await takeIn({ ...message, raw }, { notice, ownAddresses, read: reader.read }));
  expect(await largeMails.takeIn({ ...message, path }, notice)).toEqual(here);
});

test('what goes wrong there is told as if it had gone wrong here', async () => {
  const damaged = { ...kept(persona('advertisement')), sha256: '0'.repeat(64) };
  await expect(largeMails.takeIn(damaged, notice)).rejects.toMatchObject({
    kind: 'permanent',
    forPerson: expect.stringContaining('已损坏'),
  });
});

test('closed while it works: the mail is tried again after the next start', async () => {
  const closing = openLargeMails({ configDir: 'config', notice: notice.code, ownAddresses, converted: null });
  const taking = closing.takeIn(kept(persona('complete-in-one-mail')), notice);
  setTimeout(closing.close, 100);
  await expect(taking).rejects.toMatchObject({ kind: 'temporary' });
  await expect(closing.takeIn(kept(persona('advertisement')), notice)).rejects.toMatchObject({ kind: 'temporary' });
});
