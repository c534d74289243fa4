import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Failure } from '../src/errors.ts';
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
    ['a port beyond the last', { CONSOLE_PORT: '81260' }, 'CONSOLE_PORT 应为整数，现在是“81260”（最大 65535）'],
    ['a loudness nobody knows', { LOG_LEVEL: 'loud' }, 'LOG_LEVEL 应为其中之一：trace、debug、info'],
    ['a mailbox without its code', { IMAP_URL: 'imaps://a%40126.com@imap.126.com' }, 'IMAP_URL 应写成 imaps://'],
    ['a file that is not there', { MAIL_FROM_FILE: '/nowhere/at/all' }, '读不到 MAIL_FROM_FILE'],
  ])('%s', (_, given, said) => {
    expect(() => read(given)).toThrow(said);
  });
  test('two mistakes, two lines', () => {
    expect(() => read({ LETTERS: 'x', POLL_SECONDS: 'y' })).toThrow(/LETTERS.*\n.*POLL_SECONDS/);
  });
});

describe('an address that cannot be tried is refused before anybody waits for its server', () => {
  test.each([
    ['another database', 'DATABASE_URL', 'mysql://office:SESAME99@db:3306/shouli', 'postgres://用户:密码@服务器:5432'],
    ['no scheme', 'DATABASE_URL', 'localhost/shouli', 'postgres://用户:密码@服务器:5432'],
    ['no slashes', 'DATABASE_URL', 'postgres:localhost/shouli', 'postgres://用户:密码@服务器:5432'],
    ['a password with # in it', 'DATABASE_URL', 'postgres://office:SESAME99#1@db/shouli', '# 写成 %23'],
    ['a password with % in it', 'DATABASE_URL', 'postgres://office:SESAME99%@db/shouli', '% 写成 %25'],
    ['words', 'DATABASE_URL', '自带', '请删去这一行'],
    ['a web page', 'REDIS_URL', 'http://:SESAME99@127.0.0.1:6379', 'redis://服务器:6379'],
    ['no scheme', 'REDIS_URL', '127.0.0.1:6379', 'redis://服务器:6379'],
    ['no server', 'REDIS_URL', 'redis://', 'redis://服务器:6379'],
    ['a database with a name', 'REDIS_URL', 'redis://127.0.0.1/shouli', 'redis://服务器:6379'],
    ['the old protocol', 'IMAP_URL', 'pop3s://a:SESAME99@pop.126.com:995', 'imaps://邮箱帐号:授权码@服务器'],
    ['a server in full-width letters', 'IMAP_URL', 'imaps://a:SESAME99@邮箱', 'imaps://邮箱帐号:授权码@服务器'],
    ['a code with % in it', 'IMAP_URL', 'imaps://a:SESAME99%@imap.126.com', '% 写成 %25'],
    ['a folder without a name', 'IMAP_URL', 'file:', 'file:文件夹'],
    ['no server', 'SMTP_URL', 'smtps:SESAME99', 'smtps://邮箱帐号:授权码@服务器'],
    ['an account without its code', 'SMTP_URL', 'smtps://a%40126.com@smtp.126.com', 'smtps://邮箱帐号:授权码@服务器'],
  ])('%s in %s', (_, name, value, said) => {
    const refusal = refusalOf({ [name]: value });
    expect(refusal).toContain(`${name} 应写成`);
    expect(refusal).toContain(said);
    expect(refusal).not.toContain('SESAME99');
  });

  test.each([
    ['DATABASE_URL', 'postgres://office:p%2Fw@db.example.com:5432/shouli?sslmode=require'],
    ['DATABASE_URL', 'postgresql:///shouli?host=/var/run/postgresql'],
    ['REDIS_URL', 'redis://:p%23w@127.0.0.1:6379/2'],
    ['REDIS_URL', 'rediss://office:code@redis.example.com'],
    ['IMAP_URL', 'imaps://office@126.com:code@imap.126.com:993'],
    ['SMTP_URL', 'smtps://relay.example.com'],
    ['SMTP_URL', 'file:outbox'],
  ])('%s=%s is tried', (name, value) => {
    expect(refusalOf({ [name]: value })).toBe('');
  });
});

function refusalOf(given: NodeJS.Dict<string>): string {
  try {
    read(given);
    return '';
  } catch (error) {
    return error instanceof Failure ? error.forPerson : String(error);
  }
}

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

describe('.env as an office writes it', () => {
  const env = (content: string | Buffer) => {
    writeFileSync(join(folder, '.env'), content);
    return () => read({});
  };
  afterAll(() => rmSync(join(folder, '.env')));
  const gbk = Buffer.from('MAIL_FROM=\xb9\xa4\xbb\xe1 <a@126.com>\n', 'latin1');

  test.each<[string, string | Buffer, object]>([
    [
      'by Notepad, with its mark and line ends',
      '\ufeffLETTERS=hold\r\nQUIET_MINUTES=5\r\n',
      { letters: 'hold', quietMinutes: 5 },
    ],
    ['by Notepad as “Unicode”', Buffer.from('\ufeffLETTERS=hold\n', 'utf16le'), { letters: 'hold' }],
    ['by Notepad as “ANSI”', gbk, { mailFrom: '工会 <a@126.com>' }],
    ['with wide spaces around', 'LETTERS=\u3000hold\u3000\n', { letters: 'hold' }],
    ['with quotes out of a Word page', 'MAIL_FROM=“工会 <a@126.com>”\n', { mailFrom: '工会 <a@126.com>' }],
    ['with words behind', 'LETTERS=hold # 先看看\n', { letters: 'hold' }],
    ['with lines inside quotes', 'MAIL_FROM="工会\n<a@126.com>"\nLETTERS=hold\n', { letters: 'hold' }],
  ])('%s', (_, content, settings) => {
    expect(env(content)()).toMatchObject(settings);
  });

  test.each([
    ['a full-width sign, which hides the next line too', 'QUIET_MINUTES＝5\nLETTERS=hold\n', '.env 第1行看不懂'],
    ['a sentence without #', '# 收信\n发信先停\nLETTERS=hold\n', '.env 第2行看不懂'],
    ['a mistyped name', 'LETTER=hold\n', '不认识设置 LETTER，是不是想写 LETTERS？'],
    ['small letters', 'imap_url=imaps://a:b@imap.126.com\n', '不认识设置 imap_url，是不是想写 IMAP_URL？'],
  ])('%s is no reason to send letters or to play the rehearsal', (_, content, said) => {
    expect(env(content)).toThrow(said);
  });

  test('what is told of a line never repeats it: it may hold the code', () => {
    expect(env('IMAP_URL＝imaps://a:SECRET@imap.126.com\n')).toThrow(/^(?!.*SECRET)/s);
  });
});

test('env.example names every setting that the program reads, and no other', () => {
  const named = new Set(
    [...readFileSync('config/env.example', 'utf8').matchAll(/^#?([A-Z][A-Z_]+)=/gm)].map(([, name]) => name),
  );
  expect([...named].sort()).toEqual([...settingNames].sort());
});
