import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'yaml';
import { fillLetters, readJuly } from '../../src/rehearsal/july.ts';
import { type NeteaseServer, startNeteaseServer } from '../../src/rehearsal/server/server.ts';
import { listApplications } from '../../src/store/application-list.ts';
import { letterOfStory } from '../../src/store/delivery.ts';
import { countLedger } from '../../src/store/ledger-count.ts';
import { listLetters } from '../../src/store/letter-list.ts';
import { listMessages } from '../../src/store/message-list.ts';
import type { ApplicationRecord, LetterRecord, MessageRecord } from '../../src/store/records.ts';
import { passes } from '../support/life.ts';
import { openTestOffice, type TestOffice } from '../support/office.ts';
import { type ScriptedSmtp, startScriptedSmtp } from '../support/scripted-smtp.ts';

/**
 * All personas in one mailbox in the order of their arrival, through the whole office; afterwards each of them stands as
 * its story says, whoever else has written.
 */
type Expected = {
  messages: { file: string; disposition: 'application' | 'set_aside' | 'needs_person' }[];
  applications: {
    union: string | null;
    nominee: string | null;
    timeliness: string;
    complete: boolean;
    requirements: object;
  }[];
  letters: { kind: string; to: string; neverSays?: string[] }[];
};

const folder = 'fixtures/personas';
const stories = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
const expectedOf = (story: string): Expected => parse(readFileSync(`${folder}/${story}/expected.yaml`, 'utf8'));

let server: NeteaseServer;
let smtp: ScriptedSmtp;
let office: TestOffice;
let applications: ApplicationRecord[];
let letters: LetterRecord[];
const mails = new Map<string, MessageRecord>();

beforeAll(async () => {
  [server, smtp] = await Promise.all([startNeteaseServer(), startScriptedSmtp()]);
  const july = readJuly([folder]);
  const opening = new Date((july[0]?.receivedAt.getTime() ?? 0) - 3_600_000);
  office = await openTestOffice({ IMAP_URL: server.url, SMTP_URL: smtp.url, LETTERS: 'auto' }, opening.toISOString());
  const hashes = new Map<string, string>();
  for (const { story, raw, receivedAt } of july) {
    await passes(office, receivedAt);
    const answered = await letterOfStory(office.db, hashes.get(`${story.split('/')[0]}/1`) ?? null);
    const filled = fillLetters(raw, () => answered?.replace(/[<>]/g, '') ?? null);
    hashes.set(story, createHash('sha256').update(filled).digest('hex'));
    server.deliver({ raw: filled, receivedAt });
    await office.work();
  }
  await passes(office, new Date('2018-07-25T00:00:00Z'));
  [applications, letters] = [await listApplications(office.db), await listLetters(office.db)];
  const kept = await listMessages(office.db);
  for (const [story, hash] of hashes) {
    const mail = kept.find(({ sha256 }) => sha256 === hash);
    if (mail) mails.set(story, mail);
  }
}, 180_000);
afterAll(async () => {
  await office.close();
  await Promise.all([server.close(), smtp.close()]);
});

describe.each(stories)('%s', (story) => {
  const expected = expectedOf(story);

  test('each mail has its fate', () => {
    const seen = expected.messages.map(({ file }) => {
      const mail = mails.get(`${story}/${file.replace('.eml', '')}`);
      return mail?.fate === 'recorded' ? 'application' : mail?.needsPerson ? 'needs_person' : mail?.fate;
    });
    expect(seen).toEqual(expected.messages.map(({ disposition }) => disposition));
  });

  test('each application stands as alone, and was told so', () => {
    for (const { union, nominee, timeliness, complete, requirements } of expected.applications) {
      const found = applications.filter((one) => one.nominee === nominee && one.union === union);
      expect(found).toMatchObject([{ timeliness, complete, requirements }]);
    }
    const numbers = new Set(
      expected.messages.flatMap(({ file }) => mails.get(`${story}/${file.replace('.eml', '')}`)?.applications ?? []),
    );
    expect(numbers.size).toBe(expected.applications.length);
    const last = [...numbers].map((number) => letters.filter((letter) => letter.number === number).at(-1));
    const brief = (all: readonly ({ kind: string; to: string } | undefined)[]) =>
      all.map((one) => `${one?.kind} ${one?.to}`).sort();
    expect(brief(last)).toEqual(brief(expected.letters));
    expect(last.map((one) => one?.state)).toEqual(last.map(() => 'sent'));
    for (const words of expected.letters.flatMap(({ neverSays = [] }) =>
      neverSays.filter((each) => /\d{8}/.test(each)),
    ))
      for (const letter of letters) expect(letter.text).not.toContain(words);
  });
});

test('every mail is in the ledger, none twice, and no state was told twice', async () => {
  const { byFate } = await countLedger(office.db);
  const count = stories.reduce((sum, story) => sum + expectedOf(story).messages.length, 0);
  expect(Object.values(byFate).reduce((sum, n) => sum + n, 0)).toBe(count);
  expect([byFate.pending, byFate.failed]).toEqual([0, 0]);
  expect(new Set(letters.map(({ messageId }) => messageId)).size).toBe(letters.length);
  expect(server.changesAsked()).toBe(0);
});
