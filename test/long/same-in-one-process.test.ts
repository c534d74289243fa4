import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { openReader } from '../../src/documents/reader.ts';
import { takeIn } from '../../src/intake/index.ts';
import { understandingOf } from '../../src/intake/understood.ts';
import { openWholeMails } from '../../src/office/reading/whole-mails.ts';
import { at, persona } from '../support/life.ts';
import { notice } from '../support/notice.ts';

/** Every sample mail, understood by one process and file by file: both come to the same (docs/decisions/0024). */
const folder = mkdtempSync(join(tmpdir(), 'shouli-whole-'));
const files = openReader();
const whole = openWholeMails(notice);
afterAll(async () => {
  await Promise.all([files.close(), whole.close()]);
  rmSync(folder, { recursive: true });
});

const mails = ['personas', 'rehearsal'].flatMap((group) =>
  readdirSync(`fixtures/${group}`, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.eml'))
    .sort()
    .map((path): [string, number] => [dirname(path), Number(basename(path, '.eml'))]),
);

test.each(mails)('%s, mail %i', async (story, number) => {
  const raw = persona(story, number);
  const path = join(folder, `${story}-${number}.eml`);
  writeFileSync(path, raw);
  const sha256 = createHash('sha256').update(raw).digest('hex');
  const message = { file: '7', sha256, receivedAt: at('12 10:21:33') };
  const apart = await takeIn({ ...message, raw }, { notice, ownAddresses: [notice.mailbox], read: files.read });
  expect(await whole.takeIn({ ...message, path }, [notice.mailbox])).toEqual(understandingOf(apart));
});
