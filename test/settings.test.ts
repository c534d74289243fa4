import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { readSettings, settingNames } from '../src/settings.ts';

const folder = mkdtempSync(join(tmpdir(), 'shouli-settings-'));
afterAll(() => rmSync(folder, { recursive: true }));
const read = (given: NodeJS.Dict<string>) => readSettings(given, folder);

test('nothing set: the rehearsal, letters by themselves, twenty quiet minutes, the digest at half past eight', () => {
  expect(read({})).toMatchObject({
    imapUrl: null,
    smtpUrl: null,
    letters: 'auto',
    lettersSet: false,
    quietMinutes: 20,
    pollSeconds: 60,
    digestAt: '08:30',
    digestTo: [],
    dataDir: join(folder, 'data'),
    notice: 'jiaozuo-craftsman-2018',
  });
});

describe('pace: limits for a provider, none for this machine', () => {
  test.each([
    ['smtps://a%40126.com:x@smtp.126.com:465', 3, 150],
    ['smtp://127.0.0.1:2525', 0, 0],
    ['smtp://localhost:2525', 0, 0],
    ['file:outbox', 0, 0],
  ])('%s', (SMTP_URL, lettersPerMinute, lettersPerDay) => {
    expect(read({ SMTP_URL })).toMatchObject({ lettersPerMinute, lettersPerDay });
  });
  test('what the office says counts', () => {
    expect(read({ SMTP_URL: 'file:x', LETTERS_PER_MINUTE: '7' }).lettersPerMinute).toBe(7);
    expect(read({ SMTP_URL: 'smtps://a:b@smtp.126.com', LETTERS_PER_DAY: '0' }).lettersPerDay).toBe(0);
  });
});

describe('mistakes are told all at once, in Chinese', () => {
  test.each([
    ['a code in the clear across the net', { IMAP_URL: 'imap://a:b@imap.126.com:143' }, 'IMAP_URL 应写成 imaps://'],
    ['no address', { SMTP_URL: 'smtp.126.com' }, 'SMTP_URL 应写成 smtps://'],
    ['a mode nobody knows', { LETTERS: 'automatic' }, 'LETTERS 应为其中之一：auto、hold、observe'],
    ['minutes in words', { QUIET_MINUTES: '二十' }, 'QUIET_MINUTES 应为整数'],
    ['half past eight in the evening, perhaps', { DIGEST_AT: '8:30' }, 'DIGEST_AT 应写成 08:30'],
    ['no hour', { DIGEST_AT: '24:00' }, 'DIGEST_AT 应写成 08:30'],
    ['no time', { NOW: 'yesterday' }, 'NOW：看不懂时间'],
    ['a file that is not there', { MAIL_FROM_FILE: '/nowhere/at/all' }, '读不到 MAIL_FROM_FILE'],
  ])('%s', (_, given, said) => {
    expect(() => read(given)).toThrow(said);
  });
  test('two mistakes, two lines', () => {
    expect(() => read({ LETTERS: 'x', POLL_SECONDS: 'y' })).toThrow(/LETTERS.*\n.*POLL_SECONDS/);
  });
});

test('a file may hold the code, so that no process list shows it', () => {
  const file = join(folder, 'code');
  writeFileSync(file, 'imaps://a%40126.com:secret@imap.126.com:993\n');
  expect(read({ IMAP_URL_FILE: file }).imapUrl).toBe('imaps://a%40126.com:secret@imap.126.com:993');
});

test('.env is read, and the environment is before it', () => {
  writeFileSync(join(folder, '.env'), 'QUIET_MINUTES=5\nPOLL_SECONDS=9\n');
  expect(read({ POLL_SECONDS: '7' })).toMatchObject({ quietMinutes: 5, pollSeconds: 7 });
  rmSync(join(folder, '.env'));
});

test('env.example names every setting that the program reads, and no other', () => {
  const named = new Set(
    [...readFileSync('config/env.example', 'utf8').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name),
  );
  expect([...named].sort()).toEqual([...settingNames].sort());
});
