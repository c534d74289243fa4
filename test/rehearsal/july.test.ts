import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { fillLetters, readJuly, type Sample } from '../../src/rehearsal/july.ts';

const july = readJuly(['fixtures/personas', 'fixtures/rehearsal']);
const sample = (story: string): Sample => {
  const found = july.find((one) => one.story === story);
  if (!found) throw new Error(`no ${story}`);
  return found;
};

const temporary = mkdtempSync(join(tmpdir(), 'july-'));
afterAll(() => rmSync(temporary, { recursive: true }));

describe('July', () => {
  test('has the mails of all stories, one by one as they arrived', () => {
    expect(july.length).toBeGreaterThanOrEqual(53);
    const times = july.map((one) => one.receivedAt.getTime());
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(new Set(july.map((one) => one.story)).size).toBe(july.length);
  });

  test('arrives when our own server stamped it, not when the sender sent it', () => {
    expect(sample('sent-before-arrived-after/1').receivedAt).toEqual(new Date('2018-07-21T00:20:05+08:00'));
    expect(sample('last-second/1').receivedAt).toEqual(new Date('2018-07-20T23:59:59+08:00'));
  });

  test('lies in the inbox, but for what the filters of the mailbox sorted out', () => {
    const elsewhere = july.filter((one) => one.folder !== 'INBOX').map((one) => `${one.folder} ${one.story}`);
    expect(elsewhere.sort()).toEqual(
      ['垃圾邮件 application-in-junk/1', '垃圾邮件 spam/1', '广告邮件 spam/2', '订阅邮件 newsletter/1'].sort(),
    );
  });

  test('gives the bytes of the file', () => {
    expect(sample('thanks-after-receipt/1').raw).toEqual(readFileSync('fixtures/rehearsal/thanks-after-receipt/1.eml'));
  });

  test('every folder named in folders.yaml names mails that are there', () => {
    const named = readFileSync('fixtures/rehearsal/folders.yaml', 'utf8').match(/[a-z-]+\/\d+/g) ?? [];
    expect(named.filter((story) => !july.some((one) => one.story === story))).toEqual([]);
    expect(named).toHaveLength(4);
  });

  test('begins twenty seconds before the round opens, and goes on past the cut-off', () => {
    const opens = new Date('2018-06-01T00:00:00+08:00');
    expect(july.filter((one) => one.receivedAt < opens).map((one) => one.story)).toEqual([
      'before-the-round/1',
      'before-the-round/2',
    ]);
    expect(opens.getTime() - sample('before-the-round/2').receivedAt.getTime()).toBe(20_000);
    expect(july.at(-1)?.story).toBe('a-day-later/1');
  });

  test('a folder without mails, or a mail that does not say when it arrived, is damaged', () => {
    expect(() => readJuly([temporary])).toThrow(/no mails/);
    mkdirSync(join(temporary, 'story'));
    writeFileSync(join(temporary, 'story', '1.eml'), 'Subject: no stamp\r\n\r\n');
    expect(() => readJuly([temporary])).toThrow(/does not say when/);
  });
});

describe('mails that answer our letters', () => {
  const idOf = (story: string) => (story === 'correction-in-two-steps/1' ? 'JZGJ-2018-0001.a@office' : null);

  test('name the letter that was really sent', () => {
    const { raw } = sample('correction-in-two-steps/2');
    const filled = fillLetters(raw, idOf).toString('latin1');
    expect(filled).toContain('\r\nIn-Reply-To: <JZGJ-2018-0001.a@office>\r\n');
    expect(filled).toContain('\r\nReferences: <JZGJ-2018-0001.a@office>\r\n');
    expect(filled.length - raw.length).toBe(
      2 * ('JZGJ-2018-0001.a@office'.length - '{{letter:correction-in-two-steps/1}}'.length),
    );
  });

  test('name an unknown letter when none was sent', () => {
    const filled = fillLetters(sample('correction-in-two-steps/3').raw, idOf).toString('latin1');
    expect(filled).toMatch(/\r\nIn-Reply-To: <[^<>{}]+@rehearsal\.invalid>\r\n/);
  });

  test('other mails stay byte for byte', () => {
    const { raw } = sample('all-in-one-gbk-zip/1');
    expect(fillLetters(raw, idOf).equals(raw)).toBe(true);
  });

  test('all placeholders of July name a mail of July that arrived before', () => {
    const answered = july.flatMap((one) =>
      (one.raw.toString('latin1').match(/(?<=In-Reply-To: <\{\{letter:)[^}]+/g) ?? []).map(
        (story) => [story, one] as const,
      ),
    );
    expect(answered.length).toBeGreaterThanOrEqual(5);
    for (const [story, one] of answered)
      expect(sample(story).receivedAt.getTime()).toBeLessThan(one.receivedAt.getTime());
    expect(july.map((one) => fillLetters(one.raw, () => 'x@y')).filter((raw) => raw.includes('{{letter'))).toEqual([]);
  });
});

test('the rehearsal’s own mails fit into 1.5 MB', () => {
  const files = readdirSync('fixtures/rehearsal', { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.eml'),
  );
  const bytes = files.reduce((sum, file) => sum + statSync(join('fixtures/rehearsal', file)).size, 0);
  expect(bytes).toBeLessThanOrEqual(1.5 * 1024 * 1024);
});
