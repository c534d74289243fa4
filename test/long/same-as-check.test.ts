import { copyFileSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Finding } from '../../src/application/application.ts';
import { checkJson } from '../../src/cli/check-json.ts';
import { lookAt } from '../../src/cli/look.ts';
import { openReader } from '../../src/documents/reader.ts';
import { listApplications } from '../../src/store/application-list.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { listMessages } from '../../src/store/message-list.ts';
import { messagesToRerun, rerunMessages } from '../../src/store/messages.ts';
import { notice } from '../support/notice.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';

/**
 * The office records mail by mail into the database; `check` looks at all mails at once in memory. Over all personas
 * together both must come to the same applications, states and findings, checks across applications included.
 */
const box = mkdtempSync(join(tmpdir(), 'shouli-box-'));
const files = readdirSync('fixtures/personas', { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.eml'),
);
let office: TestOffice;

beforeAll(async () => {
  for (const file of files) copyFileSync(join('fixtures/personas', file), join(box, file.replaceAll('/', '-')));
  office = await openTestOffice(
    { IMAP_URL: `file:${box}`, SMTP_URL: `file:${box}-letters`, LETTERS: 'auto', QUIET_MINUTES: '0' },
    '2018-07-23T09:00:00+08:00',
  );
  await office.work();
}, 60_000);
afterAll(async () => {
  await office.close();
  for (const folder of [box, `${box}-letters`]) rmSync(folder, { recursive: true, force: true });
});

test('the same applications as check finds, in states and findings', async () => {
  const reader = openReader();
  const inOrder = files.map((file) => ({ file: join('fixtures/personas', file), said: null }));
  const looked = checkJson(await lookAt(inOrder, { notice, ownAddresses: [notice.mailbox], read: reader.read }));
  await reader.close();
  const seen = (all: { union: string | null; nominee: string | null; requirements: object; findings: Finding[] }[]) =>
    all
      .map(({ union, nominee, requirements, findings }) => ({
        who: `${union} ${nominee}`,
        requirements,
        findings: findings.map(({ key, ...finding }) => finding), // the office's own, to dismiss them by
      }))
      .sort((a, b) => a.who.localeCompare(b.who));
  expect(seen(await listApplications(office.db))).toEqual(seen(looked.applications));
});

test('every mail has its fate, and everything again changes nothing and sends nothing', async () => {
  const before = { applications: await listApplications(office.db), letters: await listLetters(office.db) };
  const fates = (await listMessages(office.db)).map(({ fate }) => fate);
  expect(fates).toHaveLength(files.length);
  expect(fates).not.toContain('pending');
  expect(fates).not.toContain('failed');

  const all = await messagesToRerun(office.db, 'all');
  expect(all).toHaveLength(files.length);
  await rerunMessages(office.db, all);
  await office.work();

  expect(await listApplications(office.db)).toEqual(before.applications);
  expect(await listLetters(office.db)).toEqual(before.letters);
}, 60_000);
